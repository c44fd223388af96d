using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>
/// A stand-in for bitbucket.org behind a gateway: REST below <c>/2.0</c>, git over smart HTTP with the real git, hooks
/// with the real headers. Strict: a route, parameter or field it does not know is refused, and remembered as a
/// violation that fails the test when the host is disposed of.
/// </summary>
public sealed class BitbucketHost : StrictHost
{
    private readonly ConcurrentDictionary<string, BitbucketToken> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _workspaces = new();
    private readonly ConcurrentDictionary<string, bool> _hidden = new(StringComparer.OrdinalIgnoreCase);
    private readonly BitbucketRoutes _routes;
    private readonly BitbucketGit _git;

    private BitbucketHost(string root)
    {
        Bare = new BareRepositories(root);
        Deliverer = new BitbucketDeliverer(this);
        PullRequests = new RequestBook(
            Bare.PathOf,
            refOf: null,
            (request, what) => BitbucketRequests.Tell(this, request, what)
        );
        (_routes, _git) = (new BitbucketRoutes(this), new BitbucketGit(this));
        var flavour = new OAuthFlavour(
            "/site/oauth2/authorize",
            "/site/oauth2/access_token",
            ["account", "repository", "pullrequest", "webhook"],
            ""
        )
        {
            IsConsumer = true,
        };
        OAuth = new OAuthDoor(this, flavour, Granted, value => _tokens[value].IsRevoked = true);
    }

    public BareRepositories Bare { get; }

    public OAuthDoor OAuth { get; }

    public ConcurrentDictionary<string, BitbucketRepository> Repositories { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body with which it refuses what it has switched off.</summary>
    public const string Announcement = BitbucketRoutes.Announcement;

    /// <summary>Requests to a name that a repository had are sent on; it is not documented whether they are.</summary>
    public bool SendsRenamedOn { get; set; } = true;

    /// <summary>
    /// What it answers where somebody is not let in: 403 is described, 404 has been seen since 2022.
    /// </summary>
    public int HidesBy { get; set; } = StatusCodes.Status404NotFound;

    /// <summary>Takes hooks to this machine, which the real host does not.</summary>
    public bool AllowsLocalHooks { get; set; } = true;

    /// <summary>Requests to take a change, of every repository.</summary>
    public RequestBook PullRequests { get; }

    internal BitbucketDeliverer Deliverer { get; }

    /// <summary>Every attempt as it left, oldest first.</summary>
    public IReadOnlyList<BitbucketDelivery> Sent => Deliverer.Sent;

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<BitbucketHost> Start(string root, int port = 0, X509Certificate2? certificate = null)
    {
        var host = new BitbucketHost(root);
        await host.Up(port, certificate);
        return host;
    }

    public BitbucketToken AddToken(BitbucketToken token) => _tokens[token.Value] = token;

    /// <summary>Makes a repository with an empty bare repository behind it.</summary>
    public async Task<BitbucketRepository> AddRepository(string fullName, bool isPrivate = true)
    {
        await Bare.Create(fullName);
        return List(fullName, isPrivate);
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public BitbucketRepository List(string fullName, bool isPrivate = true)
    {
        var parts = fullName.Split('/');
        AddWorkspace(parts[0]);
        return Repositories[fullName] = new BitbucketRepository(parts[0], parts[1]) { IsPrivate = isPrivate };
    }

    /// <summary>One that may have no repositories.</summary>
    public void AddWorkspace(string slug) => _workspaces.GetOrAdd(slug, _ => $"{{{Guid.NewGuid()}}}");

    public void Rename(BitbucketRepository repository, string slug)
    {
        Repositories.TryRemove(repository.FullName, out _);
        var old = Bare.PathOf(repository.FullName);
        repository.FormerNames.Add(repository.FullName);
        repository.Slug = slug;
        Directory.Move(old, Bare.PathOf(repository.FullName));
        Repositories[repository.FullName] = repository;
    }

    public void Delete(BitbucketRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        Directory.Delete(Bare.PathOf(repository.FullName), recursive: true);
    }

    /// <summary>It is made private, and no credential here is let in.</summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(BitbucketRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        _hidden[repository.FullName] = true;
        return () =>
        {
            _hidden.TryRemove(repository.FullName, out _);
            Repositories[repository.FullName] = repository;
        };
    }

    public Uri UrlOf(string fullName) => new(Url, fullName + ".git");

    /// <summary>Short names and ids, by name.</summary>
    internal IReadOnlyList<(string Slug, string Uuid)> Workspaces =>
        [.. _workspaces.OrderBy(one => one.Key).Select(one => (one.Key, one.Value))];

    internal bool IsHidden(string fullName) => _hidden.ContainsKey(fullName);

    /// <summary>By name or id.</summary>
    internal BitbucketRepository? Find(string workspace, string repository)
    {
        var slug = Workspaces.FirstOrDefault(one => one.Uuid == workspace).Slug ?? workspace;
        return Repositories.GetValueOrDefault($"{slug}/{repository}")
            ?? Repositories.Values.FirstOrDefault(one => one.Workspace == slug && one.Uuid == repository);
    }

    /// <summary>The token, while it is good.</summary>
    internal BitbucketToken? Known(string? value) =>
        value is not null
        && _tokens.TryGetValue(value, out var token)
        && !token.IsRevoked
        && !(token.ExpiresAt < Time.GetUtcNow())
            ? token
            : null;

    protected override string? UserOf(HttpRequest request) => BitbucketCall.TokenOf(this, request)?.Login;

    protected override void End() => Deliverer.Dispose();

    protected override async Task Answer(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/2.0"))
            await _routes.Answer(http);
        else if (!await OAuth.Answer(http, http.Request.Path.ToString()))
            await _git.Answer(http);
    }

    private void Granted(GrantedToken token) =>
        AddToken(
            new BitbucketToken(token.Value, token.Login)
            {
                IsGranted = true,
                Scopes = token.Scopes,
                ExpiresAt = token.EndsAt,
            }
        );
}
