using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Git;

/// <summary>
/// A Git server as people run them: smart HTTP over bare repositories, Basic authentication, permissions per
/// repository. Git's own program does the protocol, so what works here works with git.
/// </summary>
public sealed class PlainGitHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, GitUser> _users = new();
    private readonly ConcurrentDictionary<string, GitPermissions> _permissions = new();
    private readonly PushReporter _reporter = new();
    private WebApplication _app = null!;

    private PlainGitHost(string root) => Repositories = new BareRepositories(root);

    public BareRepositories Repositories { get; }

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    public RequestLog Requests { get; } = new();

    /// <summary>How it misbehaves right now.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Called for every ref a push changed, before the push ends, as a post-receive hook would.</summary>
    public PushHook? Hook
    {
        set => FindHook = () => value;
    }

    /// <summary>Asked at every push where to report it.</summary>
    public Func<PushHook?> FindHook { private get; set; } = () => null;

    public IReadOnlyList<Delivery> Deliveries => _reporter.Deliveries;

    /// <summary>Sends a delivery once more, as the button in a host's list of deliveries does.</summary>
    public Task<Delivery> Redeliver(Delivery delivery) =>
        _reporter.Report(FindHook() ?? throw new InvalidOperationException("There is no hook."), delivery);

    /// <param name="root">An existing directory; repositories in it are served as they are.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="certificate">Serves https with it.</param>
    public static async Task<PlainGitHost> Start(string root, int port = 0, X509Certificate2? certificate = null)
    {
        var host = new PlainGitHost(root);
        (host._app, host.Url) = await Web.Start(host.Handle, port, certificate);
        return host;
    }

    public PlainGitHost AddUser(string name, string password, params string[] tokens)
    {
        _users[name] = new GitUser(name, password, tokens);
        return this;
    }

    /// <summary>Makes a repository; without <paramref name="permissions"/> everyone with an account may push.</summary>
    public async Task<PlainGitHost> AddRepository(string name, GitPermissions? permissions = null)
    {
        await Repositories.Create(name);
        return Permit(name, permissions ?? GitPermissions.Everyone);
    }

    public PlainGitHost Permit(string name, GitPermissions permissions)
    {
        _permissions[Key(name)] = permissions;
        return this;
    }

    /// <summary>Where a repository is cloned from, without a user in it.</summary>
    public Uri UrlOf(string name) => new(Url, Key(name));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _reporter.Dispose();
    }

    private async Task Handle(HttpContext http)
    {
        var user = SignedIn(http.Request);
        if (Fault is not { } fault || !await fault.Apply(http))
            await Answer(http, user);
        Requests.Add(
            new Recorded(
                http.Request.Method,
                http.Request.Path,
                http.Request.QueryString.ToString(),
                user,
                http.Response.StatusCode
            )
            {
                UserAgent = http.Request.Headers.UserAgent,
            }
        );
    }

    private async Task Answer(HttpContext http, string? user)
    {
        var path = http.Request.Path.ToString();
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        var name = end < 0 ? "" : path[1..(end + 4)];
        var allowed = _permissions.GetValueOrDefault(name, GitPermissions.Everyone);
        var write = path.EndsWith("/git-receive-pack") || http.Request.Query["service"] == "git-receive-pack";
        if (user is null && (write || !allowed.AnonymousRead))
            BasicLogin.Ask(http.Response, "git");
        else if (name.Length == 0 || !Directory.Exists(Path.Combine(Repositories.Root, name)))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (user is not null && !(write ? allowed.MayWrite(user) : allowed.AnonymousRead || allowed.MayRead(user)))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await Serve(http, user);
    }

    private async Task Serve(HttpContext http, string? user)
    {
        var pushes = Path.GetTempFileName();
        try
        {
            await GitBackend.Serve(http, Repositories.Root, user, pushes);
            if (FindHook() is { } hook)
                await _reporter.Report(hook, await File.ReadAllLinesAsync(pushes));
        }
        finally
        {
            File.Delete(pushes);
        }
    }

    private string? SignedIn(HttpRequest request) =>
        BasicLogin.Of(request) is var (name, password) && _users.TryGetValue(name, out var user) && user.Opens(password)
            ? name
            : null;

    private static string Key(string name) => name.EndsWith(".git") ? name : name + ".git";
}
