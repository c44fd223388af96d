using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Gitea;

/// <summary>What differs between versions, forks and installations.</summary>
/// <param name="Below">The path of the host below which the site stands; empty, or with a slash before it.</param>
/// <param name="NamesHeldScopes">A refusal names the scopes the token has; older versions and the fork do not.</param>
/// <param name="MostItems">Of one page, whatever is asked for.</param>
public sealed record GiteaFlavour(string Below = "", bool NamesHeldScopes = true, int MostItems = 50)
{
    /// <summary>The address the site believes to have, which its links begin with; null for the real one.</summary>
    public Uri? Root { get; init; }

    public bool HooksAreOff { get; init; }
}

/// <summary>
/// A stand-in for a Gitea: REST below <c>/api/v1</c>, git over smart HTTP with the real git, hooks with the real
/// headers. Strict: a route, parameter or field it does not know is refused, and remembered as a violation that fails
/// the test when the host is disposed of.
/// </summary>
public sealed class GiteaHost : StrictHost
{
    private readonly ConcurrentDictionary<string, GiteaToken> _tokens = new();
    private readonly GiteaRoutes _routes;
    private readonly GiteaGit _git;

    private GiteaHost(string root, GiteaFlavour flavour)
    {
        (Bare, Flavour) = (new BareRepositories(root), flavour);
        Deliverer = new GiteaDeliverer(this);
        PullRequests = new RequestBook(
            Bare.PathOf,
            number => $"refs/pull/{number}/head",
            (request, what) => GiteaRequests.Tell(this, request, what)
        );
        (_routes, _git) = (new GiteaRoutes(this), new GiteaGit(this));
        var door = new OAuthFlavour(
            "/login/oauth/authorize",
            "/login/oauth/access_token",
            ["read:user", "write:user", "read:repository", "write:repository", "read:admin"],
            "eyJ"
        );
        OAuth = new OAuthDoor(this, door, Granted, value => _tokens[value].IsRevoked = true)
        {
            Life = TimeSpan.FromHours(1),
        };
    }

    public GiteaFlavour Flavour { get; }

    public BareRepositories Bare { get; }

    public OAuthDoor OAuth { get; }

    public ConcurrentDictionary<string, GiteaRepository> Repositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Requests to take a change, of every repository.</summary>
    public RequestBook PullRequests { get; }

    internal GiteaDeliverer Deliverer { get; }

    /// <summary>Every delivery as it left, oldest first.</summary>
    public IReadOnlyList<GiteaDelivery> Sent => Deliverer.Sent;

    /// <param name="root">An existing directory for the bare repositories.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<GiteaHost> Start(
        string root,
        int port = 0,
        GiteaFlavour? flavour = null,
        X509Certificate2? certificate = null
    )
    {
        var host = new GiteaHost(root, flavour ?? new GiteaFlavour());
        await host.Up(port, certificate, host.Flavour.Below);
        return host;
    }

    public GiteaToken AddToken(GiteaToken token) => _tokens[token.Value] = token;

    /// <summary>Makes a repository with an empty bare repository behind it.</summary>
    public async Task<GiteaRepository> AddRepository(string fullName, bool isPrivate = true)
    {
        await Bare.Create(fullName);
        return List(fullName, isPrivate);
    }

    /// <summary>One that is only listed: nothing can be cloned from it.</summary>
    public GiteaRepository List(string fullName, bool isPrivate = true)
    {
        var parts = fullName.Split('/');
        return Repositories[fullName] = new GiteaRepository(NextId(), parts[0], parts[1]) { IsPrivate = isPrivate };
    }

    /// <summary>Requests to the old name are sent on from now.</summary>
    /// <param name="owner">Another one when it is transferred.</param>
    public void Rename(GiteaRepository repository, string name, string? owner = null)
    {
        Repositories.TryRemove(repository.FullName, out _);
        var old = Bare.PathOf(repository.FullName);
        repository.FormerNames.Add(repository.FullName);
        (repository.Name, repository.Owner) = (name, owner ?? repository.Owner);
        Directory.CreateDirectory(Path.GetDirectoryName(Bare.PathOf(repository.FullName))!);
        Directory.Move(old, Bare.PathOf(repository.FullName));
        Repositories[repository.FullName] = repository;
    }

    public void Delete(GiteaRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        Directory.Delete(Bare.PathOf(repository.FullName), recursive: true);
    }

    /// <summary>It is made private, and no credential here is let in: it answers as one that is not there.</summary>
    /// <returns>Lets them in again.</returns>
    public Action Hide(GiteaRepository repository)
    {
        Repositories.TryRemove(repository.FullName, out _);
        return () => Repositories[repository.FullName] = repository;
    }

    public Uri UrlOf(string fullName) => new(Url, fullName + ".git");

    /// <summary>What links and payloads begin with.</summary>
    internal Uri Root => Flavour.Root ?? Url;

    /// <summary>The token, while it is good.</summary>
    internal GiteaToken? Known(string? value) =>
        value is not null
        && _tokens.TryGetValue(value, out var token)
        && !token.IsRevoked
        && !(token.EndsAt <= Time.GetUtcNow())
            ? token
            : null;

    private void Granted(GrantedToken token) =>
        AddToken(new GiteaToken(token.Value, token.Login) { Scopes = token.Scopes, EndsAt = token.EndsAt });

    protected override string? UserOf(HttpRequest request) => Known(GiteaCall.TokenOf(request))?.Login;

    protected override void End() => Deliverer.Dispose();

    protected override async Task Answer(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Flavour.Below, out var path))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        http.Request.Path = path;
        if (path.StartsWithSegments("/api/v1"))
            await _routes.Answer(http);
        else if (!await OAuth.Answer(http, path.ToString()))
            await _git.Answer(http);
    }
}
