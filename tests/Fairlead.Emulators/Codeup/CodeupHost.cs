using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Codeup;

/// <summary>
/// A stand-in for a Codeup of either edition: REST below <c>/oapi/v1</c>, git over smart HTTP with the real git, hooks
/// with the real headers. The central edition has its API at another host; here both are at one.
/// </summary>
public sealed class CodeupHost : StrictHost
{
    private readonly ConcurrentDictionary<string, CodeupToken> _tokens = new();
    private readonly CodeupRoutes _routes;
    private readonly CodeupGit _git;

    private CodeupHost(string root, CodeupEdition edition)
    {
        (Bare, Edition) = (new BareRepositories(root), edition);
        Deliverer = new CodeupDeliverer(this);
        ChangeRequests = new RequestBook(
            name => Bare.PathOf(Find(name).FullPath),
            refOf: null,
            (request, what) => CodeupRequests.Tell(this, request, what)
        );
        (_routes, _git) = (new CodeupRoutes(this), new CodeupGit(this));
    }

    public CodeupEdition Edition { get; }

    public BareRepositories Bare { get; }

    /// <summary>Its change requests, by repositories' paths without the organization.</summary>
    public RequestBook ChangeRequests { get; }

    /// <summary>By their full path.</summary>
    public ConcurrentDictionary<string, CodeupRepository> Repositories { get; } = new();

    /// <summary>Every delivery as it left, oldest first.</summary>
    public IReadOnlyList<CodeupSent> Sent => Deliverer.Sent;

    internal CodeupDeliverer Deliverer { get; }

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<CodeupHost> Start(
        string root,
        CodeupEdition edition,
        int port = 0,
        X509Certificate2? certificate = null
    )
    {
        var host = new CodeupHost(root, edition);
        await host.Up(port, certificate);
        return host;
    }

    public CodeupToken AddToken(CodeupToken token) => _tokens[token.Value] = token;

    /// <summary>Makes a repository with an empty bare repository behind it.</summary>
    /// <param name="path">Without the organization.</param>
    public async Task<CodeupRepository> AddRepository(string path)
    {
        var one = List(path);
        await Bare.Create(one.FullPath);
        return one;
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public CodeupRepository List(string path) => Repositories[Full(path)] = new CodeupRepository(NextId(), Full(path));

    /// <param name="path">Without the organization.</param>
    public CodeupRepository Find(string path) => Repositories[Full(path)];

    public void Rename(CodeupRepository one, string path)
    {
        Repositories.TryRemove(one.FullPath, out _);
        one.FormerPaths.Add(one.FullPath);
        var old = Bare.PathOf(one.FullPath);
        one.FullPath = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Bare.PathOf(one.FullPath))!);
        Directory.Move(old, Bare.PathOf(one.FullPath));
        Repositories[one.FullPath] = one;
    }

    public void Delete(CodeupRepository one)
    {
        Repositories.TryRemove(one.FullPath, out _);
        Directory.Delete(Bare.PathOf(one.FullPath), recursive: true);
    }

    /// <summary>It is made private, and no credential here is let in: it answers as one that is not there.</summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(CodeupRepository one)
    {
        Repositories.TryRemove(one.FullPath, out _);
        return () => Repositories[one.FullPath] = one;
    }

    /// <param name="path">Without the organization.</param>
    public Uri UrlOf(string path) => UrlOf(Repositories[Full(path)]);

    internal Uri UrlOf(CodeupRepository one) => new(Url, GitBelow + one.FullPath + ".git");

    /// <summary>A region edition has its repositories below a path; the central one below the organization.</summary>
    internal string GitBelow => Edition.Organization is null ? "codeup/" : "";

    /// <summary>The token by its value, good or not.</summary>
    internal CodeupToken? Known(string? value) => value is not null ? _tokens.GetValueOrDefault(value) : null;

    protected override string? UserOf(HttpRequest request) => Known(CodeupCall.TokenOf(request))?.Login;

    protected override void End() => Deliverer.Dispose();

    protected override Task Answer(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/oapi/v1") ? _routes.Answer(http) : _git.Answer(http);

    /// <summary>Without the organization.</summary>
    internal string NameOf(CodeupRepository one) =>
        Edition.Organization is { } id ? one.FullPath[(id.Length + 1)..] : one.FullPath;

    private string Full(string path) => Edition.Organization is { } id ? $"{id}/{path}" : path;
}
