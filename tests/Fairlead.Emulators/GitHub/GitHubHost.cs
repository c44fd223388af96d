using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitHub;

/// <summary>
/// A stand-in for an Enterprise Server: REST below <c>/api/v3</c>, git over smart HTTP with the real git, hooks with
/// the real headers. Strict: a route, parameter, header or field it does not know is refused, and remembered as a
/// violation that fails the test when the host is disposed of.
/// </summary>
public sealed class GitHubHost : StrictHost
{
    private readonly ConcurrentDictionary<string, GitHubToken> _tokens = new();
    private readonly GitHubRoutes _routes;
    private readonly GitHubGit _git;

    private GitHubHost(string root)
    {
        Bare = new BareRepositories(root);
        Deliverer = new GitHubDeliverer(this);
        PullRequests = new RequestBook(
            Bare.PathOf,
            number => $"refs/pull/{number}/head",
            (request, what) => GitHubRequests.Tell(this, request, what)
        );
        _routes = new GitHubRoutes(this);
        _git = new GitHubGit(this);
        Manifests = new GitHubManifests(this);
        var flavour = new OAuthFlavour(
            "/login/oauth/authorize",
            "/login/oauth/access_token",
            ["repo", "public_repo", "user", "read:user", "admin:repo_hook"],
            "gho_"
        )
        {
            RefusesWith200 = true,
            IsLax = true,
            Devices = ("/login/device/code", "/login/device"),
        };
        OAuth = new OAuthDoor(this, flavour, Granted, value => _tokens[value].IsRevoked = true) { Life = null };
    }

    public BareRepositories Bare { get; }

    /// <summary>Of an OAuth app, whose tokens do not end; with a life, as of an App's users.</summary>
    public OAuthDoor OAuth { get; }

    public ConcurrentDictionary<string, GitHubRepository> Repositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How Apps are made by a manifest, and installed.</summary>
    public GitHubManifests Manifests { get; }

    public List<GitHubApp> Apps { get; } = [];

    public List<GitHubInstallation> Installations { get; } = [];

    /// <summary>Whether installations get the long tokens of 2026 (facts/codehosts.md 1, finding 1).</summary>
    public bool LongTokens { get; set; }

    /// <summary>How long an installation's token is good; an hour at the real host.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Requests that a newly minted token may make in its hour.</summary>
    public int Limit { get; set; } = 5000;

    /// <summary>Every token there is or was.</summary>
    public ICollection<GitHubToken> Tokens => _tokens.Values;

    /// <summary>Tokens for one repository that installations made, and how many of them were not taken back.</summary>
    public (int Made, int Left) JobKeys
    {
        get
        {
            var keys = _tokens.Values.Where(token => token is { Installation: not null, Only.Count: 1 }).ToList();
            return (keys.Count, keys.Count(key => !key.IsRevoked));
        }
    }

    /// <summary>Requests to take a change, of every repository.</summary>
    public RequestBook PullRequests { get; }

    internal GitHubDeliverer Deliverer { get; }

    /// <summary>Every delivery as it left, oldest first.</summary>
    public IReadOnlyList<SentDelivery> Sent => Deliverer.Sent;

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<GitHubHost> Start(string root, int port = 0, X509Certificate2? certificate = null)
    {
        var host = new GitHubHost(root);
        await host.Up(port, certificate);
        return host;
    }

    public GitHubToken AddToken(GitHubToken token) => _tokens[token.Value] = token;

    /// <summary>Makes an App with a key of its own, and installs it.</summary>
    public GitHubInstallation Install(string slug, string account, List<long>? selected = null)
    {
        var app = new GitHubApp(NextId(), $"Iv23li{NextId():x14}", slug, RSA.Create(2048));
        Apps.Add(app);
        var installation = new GitHubInstallation(NextId(), app, account) { Selected = selected };
        Installations.Add(installation);
        return installation;
    }

    /// <summary>Makes a repository with an empty bare repository behind it.</summary>
    public async Task<GitHubRepository> AddRepository(string fullName, bool isPrivate = true)
    {
        await Bare.Create(fullName);
        return List(fullName, isPrivate);
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public GitHubRepository List(string fullName, bool isPrivate = true)
    {
        var parts = fullName.Split('/');
        var made = new GitHubRepository(NextId(), parts[0], parts[1]) { IsPrivate = isPrivate };
        return Repositories[fullName] = made;
    }

    /// <summary>Requests to the old name are sent on from now.</summary>
    /// <param name="owner">Another one when it is transferred.</param>
    public void Rename(GitHubRepository repository, string name, string? owner = null)
    {
        Repositories.TryRemove(repository.FullName, out _);
        var old = Bare.PathOf(repository.FullName);
        repository.FormerNames.Add(repository.FullName);
        (repository.Name, repository.Owner) = (name, owner ?? repository.Owner);
        Directory.CreateDirectory(Path.GetDirectoryName(Bare.PathOf(repository.FullName))!);
        Directory.Move(old, Bare.PathOf(repository.FullName));
        Repositories[repository.FullName] = repository;
    }

    public void Delete(GitHubRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        Directory.Delete(Bare.PathOf(repository.FullName), recursive: true);
    }

    /// <summary>It is made private, and no credential here is let in: it answers as one that is not there.</summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(GitHubRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        return () => Repositories[repository.FullName] = repository;
    }

    public Uri UrlOf(string fullName) => new(Url, fullName + ".git");

    /// <summary>The token, while it is good.</summary>
    internal GitHubToken? Known(string? value) =>
        value is not null
        && _tokens.TryGetValue(value, out var token)
        && !token.IsRevoked
        && !(token.ExpiresAt < Time.GetUtcNow())
            ? token
            : null;

    internal GitHubRepository? Find(string fullName) => Repositories.GetValueOrDefault(fullName);

    protected override async Task Answer(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api/v3"))
            await _routes.Answer(http);
        else if (!await OAuth.Answer(http, http.Request.Path.ToString()) && !await Manifests.Answer(http))
            await _git.Answer(http);
    }

    private void Granted(GrantedToken token) =>
        AddToken(new GitHubToken(token.Value, token.Login) { Scopes = token.Scopes, ExpiresAt = token.EndsAt });

    protected override string? UserOf(HttpRequest request) => Known(GitHubCall.TokenOf(request))?.Login;

    protected override void End() => Deliverer.Dispose();
}
