using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitHub;

/// <summary>Git over smart HTTP by the real program, with tokens for passwords; pushes become deliveries.</summary>
internal sealed class GitHubGit(GitHubHost host)
{
    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        var repository = end < 0 ? null : host.Find(path[1..end]);
        var token = host.Known(GitHubCall.TokenOf(http.Request));
        if (token is null && (repository is not { IsPrivate: false } || IsPush(http.Request)))
            BasicLogin.Ask(http.Response, "GitHub");
        else if (
            repository is null
            || !Directory.Exists(host.Bare.PathOf(repository.FullName))
            || !MayRead(token, repository)
        )
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (IsPush(http.Request) && (repository.IsArchived || !MayWrite(token!, repository)))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await Serve(http, repository, token?.Login ?? "");
    }

    private Task Serve(HttpContext http, GitHubRepository repository, string login) =>
        GitBackend.Serve(
            http,
            host.Bare.Root,
            login,
            async lines =>
            {
                await host.Deliverer.Pushed(repository, login, lines);
                await host.PullRequests.Pushed(repository.FullName, lines);
            }
        );

    private static bool IsPush(HttpRequest request) =>
        request.Path.ToString().EndsWith("/git-receive-pack") || request.Query["service"] == "git-receive-pack";

    private static bool MayRead(GitHubToken? token, GitHubRepository repository) =>
        !repository.IsPrivate
        || (
            token is { Installation: null or { SuspendedAt: null } }
            && GitHubRepositoriesApi.Opens(token, repository)
            && May(token, "contents=read")
        );

    private static bool MayWrite(GitHubToken token, GitHubRepository repository) =>
        GitHubRepositoriesApi.Opens(token, repository) && May(token, "contents=write");

    private static bool May(GitHubToken token, string permission) =>
        token.Scopes?.Contains("repo")
        ?? (
            token.Permissions.Contains(permission) || token.Permissions.Contains(permission.Replace("=read", "=write"))
        );
}
