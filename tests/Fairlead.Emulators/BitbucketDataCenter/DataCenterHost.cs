using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>
/// A stand-in for a Bitbucket Data Center: REST below <c>/rest/api/latest</c>, git over smart HTTP below <c>/scm</c>
/// with the real git, hooks with the real headers; all of it below a path where it is told one. Strict: a route,
/// parameter or field it does not know is refused, and remembered as a violation that fails the test when the host is
/// disposed of.
/// </summary>
public sealed class DataCenterHost : StrictHost
{
    private readonly ConcurrentDictionary<string, DataCenterToken> _tokens = new();
    private readonly DataCenterRoutes _routes;
    private readonly DataCenterGit _git;

    private DataCenterHost(string root, string below)
    {
        (Bare, Below) = (new BareRepositories(root), below);
        Deliverer = new DataCenterDeliverer(this);
        PullRequests = new RequestBook(
            name => PathOf(Repositories[name]),
            number => $"refs/pull-requests/{number}/from",
            (request, what) => DataCenterRequests.Tell(this, request, what)
        );
        (_routes, _git) = (new DataCenterRoutes(this), new DataCenterGit(this));
    }

    public BareRepositories Bare { get; }

    /// <summary>The path that everything lies below: empty, or <c>/bitbucket</c>.</summary>
    public string Below { get; }

    /// <summary>Of one page, whatever is asked for: the operator's setting.</summary>
    public int MostItems { get; set; } = 1000;

    /// <summary>What git is answered where somebody is not let in; it is not documented.</summary>
    public int GitHidesBy { get; set; } = StatusCodes.Status404NotFound;

    /// <summary>Dates are text since 10.3, numbers before.</summary>
    public bool WritesDatesAsText { get; set; } = true;

    public ConcurrentDictionary<string, DataCenterRepository> Repositories { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Requests to take a change, of every repository.</summary>
    public RequestBook PullRequests { get; }

    internal DataCenterDeliverer Deliverer { get; }

    /// <summary>Every delivery as it left, oldest first.</summary>
    public IReadOnlyList<DataCenterDelivery> Sent => Deliverer.Sent;

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="below">The path that everything lies below: <c>/bitbucket</c>.</param>
    public static async Task<DataCenterHost> Start(
        string root,
        int port = 0,
        X509Certificate2? certificate = null,
        string below = ""
    )
    {
        var host = new DataCenterHost(root, below);
        await host.Up(port, certificate, below);
        return host;
    }

    public DataCenterToken AddToken(DataCenterToken token) => _tokens[token.Value] = token;

    /// <summary>Makes a repository with an empty bare repository behind it.</summary>
    public async Task<DataCenterRepository> AddRepository(string fullName, bool isPublic = false)
    {
        await Bare.Create(fullName.ToLowerInvariant());
        return List(fullName, isPublic);
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public DataCenterRepository List(string fullName, bool isPublic = false, bool isHidden = false)
    {
        var parts = fullName.Split('/');
        var key = parts[0].StartsWith('~') ? parts[0] : parts[0].ToUpperInvariant();
        var one = new DataCenterRepository(NextId(), key, parts[1]) { IsPublic = isPublic, IsHidden = isHidden };
        return Repositories[one.FullName] = one;
    }

    /// <param name="key">Of another project it is moved to.</param>
    public void Rename(DataCenterRepository repository, string slug, string? key = null)
    {
        Repositories.TryRemove(repository.FullName, out _);
        var old = PathOf(repository);
        repository.FormerNames.Add(repository.FullName);
        (repository.Slug, repository.Key) = (slug, key ?? repository.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(repository))!);
        Directory.Move(old, PathOf(repository));
        Repositories[repository.FullName] = repository;
    }

    public void Delete(DataCenterRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        Directory.Delete(PathOf(repository), recursive: true);
    }

    /// <summary>
    /// It is made private, and no credential here is let in: the API says so by 401, as described.
    /// </summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(DataCenterRepository repository)
    {
        repository.IsClosed = true;
        return () => repository.IsClosed = false;
    }

    public Uri UrlOf(string fullName) => new(Url, $"scm/{fullName.ToLowerInvariant()}.git");

    internal string PathOf(DataCenterRepository one) => Bare.PathOf(one.FullName.ToLowerInvariant());

    /// <summary>By the name it has, or had before nobody else had it.</summary>
    internal DataCenterRepository? Find(string fullName) =>
        Repositories.GetValueOrDefault(fullName)
        ?? Repositories.Values.FirstOrDefault(one =>
            one.FormerNames.Contains(fullName, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>The token, while it is good.</summary>
    internal DataCenterToken? Known(string? value) =>
        value is not null && _tokens.TryGetValue(value, out var token) && !token.IsRevoked ? token : null;

    protected override string? UserOf(HttpRequest request) => DataCenterCall.TokenOf(this, request)?.User;

    protected override void End() => Deliverer.Dispose();

    protected override Task Answer(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Below, out var path))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        http.Request.Path = path;
        return path.StartsWithSegments("/rest") ? _routes.Answer(http) : _git.Answer(http);
    }
}
