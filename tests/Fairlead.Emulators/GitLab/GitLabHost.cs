using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitLab;

/// <summary>
/// A stand-in for a self-managed installation: REST below <c>/api/v4</c>, git over smart HTTP with the real git, hooks
/// with the real headers; all of it below a path where it is told one. What is not known of the real one is a switch.
/// </summary>
public sealed class GitLabHost : StrictHost
{
    private readonly ConcurrentDictionary<string, GitLabToken> _tokens = new();
    private readonly GitLabRoutes _routes;
    private readonly GitLabGit _git;

    private GitLabHost(string root, string below)
    {
        (Bare, Below) = (new BareRepositories(root), below);
        Deliverer = new GitLabDeliverer(this);
        PullRequests = new RequestBook(
            Bare.PathOf,
            number => $"refs/merge-requests/{number}/head",
            (request, what) => GitLabRequests.Tell(this, request, what)
        );
        _routes = new GitLabRoutes(this);
        _git = new GitLabGit(this);
        var flavour = new OAuthFlavour(
            "/oauth/authorize",
            "/oauth/token",
            ["api", "read_api", "read_user", "read_repository", "write_repository"],
            ""
        )
        {
            Devices = ("/oauth/authorize_device", "/oauth/device"),
        };
        OAuth = new OAuthDoor(this, flavour, Granted, value => _tokens[value].IsRevoked = true);
    }

    public BareRepositories Bare { get; }

    public OAuthDoor OAuth { get; }

    /// <summary>Deploy tokens that were made; each project has those that are left.</summary>
    public int DeployTokensMade { get; internal set; }

    /// <summary>The path that everything lies below: empty, or <c>/gitlab</c>.</summary>
    public string Below { get; }

    public ConcurrentDictionary<string, GitLabProject> Projects { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The instance signs deliveries; without, a signing token is passed over in silence.</summary>
    public bool Signs { get; set; } = true;

    /// <summary>Releases before 15.5 cannot read a token by itself.</summary>
    public bool TellsTokens { get; set; } = true;

    /// <summary>An administrator lets hooks go to private addresses.</summary>
    public bool AllowsLocalHooks { get; set; } = true;

    /// <summary>A change of a hook that was switched off switches it on; else only a test that arrives does.</summary>
    public bool ChangeEnablesHooks { get; set; }

    /// <summary>Requests to take a change, of every repository.</summary>
    public RequestBook PullRequests { get; }

    internal GitLabDeliverer Deliverer { get; }

    /// <summary>What would go with a delivery if it were sent again now: the proof names the moment.</summary>
    public IReadOnlyDictionary<string, string> HeadersNow(GitLabHook hook, GitLabDelivery sent) =>
        Deliverer.Headers(hook, sent.Key, sent.Event, sent.Body);

    /// <summary>Every delivery as it left, oldest first.</summary>
    public IReadOnlyList<GitLabSent> Sent => Deliverer.Sent;

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="below">The path that everything lies below: <c>/gitlab</c>.</param>
    public static async Task<GitLabHost> Start(
        string root,
        int port = 0,
        X509Certificate2? certificate = null,
        string below = ""
    )
    {
        var host = new GitLabHost(root, below);
        await host.Up(port, certificate, below);
        return host;
    }

    public GitLabToken AddToken(GitLabToken token) => _tokens[token.Value] = token;

    /// <summary>Makes a project with an empty bare repository behind it.</summary>
    public async Task<GitLabProject> AddProject(string path, bool isPublic = false)
    {
        await Bare.Create(path);
        return List(path, isPublic);
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public GitLabProject List(string path, bool isPublic = false) =>
        Projects[path] = new GitLabProject(NextId(), path) { IsPublic = isPublic };

    /// <summary>Gives it another path; reads of the old one are sent on from now.</summary>
    public void Move(GitLabProject project, string path)
    {
        Projects.TryRemove(project.FullPath, out _);
        var old = Bare.PathOf(project.FullPath);
        project.FormerPaths.Add(project.FullPath);
        project.FullPath = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Bare.PathOf(path))!);
        Directory.Move(old, Bare.PathOf(path));
        Projects[path] = project;
    }

    public void Delete(GitLabProject project)
    {
        Projects.TryRemove(project.FullPath, out _);
        Directory.Delete(Bare.PathOf(project.FullPath), recursive: true);
    }

    /// <summary>It is made private, and no credential here is let in: it answers as one that is not there.</summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(GitLabProject project)
    {
        Projects.TryRemove(project.FullPath, out _);
        return () => Projects[project.FullPath] = project;
    }

    public Uri UrlOf(string path) => new(Url, path + ".git");

    /// <summary>The token by its value, good or not.</summary>
    internal GitLabToken? Find(string? value) => value is not null ? _tokens.GetValueOrDefault(value) : null;

    internal bool IsExpired(GitLabToken token) =>
        token.EndsAt <= Time.GetUtcNow()
        || (token.ExpiresAt is { } day && day <= DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime));

    /// <summary>The token, while it is good.</summary>
    internal GitLabToken? Known(string? value) =>
        Find(value) is { IsRevoked: false } token && !IsExpired(token) ? token : null;

    private void Granted(GrantedToken token) =>
        AddToken(
            new GitLabToken(token.Value, token.Login)
            {
                Scopes = token.Scopes,
                EndsAt = token.EndsAt,
                IsGranted = true,
            }
        );

    protected override async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        if (!path.StartsWith(Below + "/", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        path = path[(Below.Length + 1)..];
        if (path.StartsWith("api/v4/"))
            await _routes.Answer(http, path["api/v4/".Length..]);
        else if (path == "oauth/token/info")
            await GitLabProjectsApi.Info(new GitLabCall(this, http, path));
        else if (!await OAuth.Answer(http, path))
            await _git.Answer(http, path);
    }

    protected override string? UserOf(HttpRequest request) => Known(GitLabCall.TokenOf(request))?.Username;

    protected override void End() => Deliverer.Dispose();
}
