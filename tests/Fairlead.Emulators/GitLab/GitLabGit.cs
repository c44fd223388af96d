using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitLab;

/// <summary>
/// Git over smart HTTP by the real program, with tokens for passwords; pushes become deliveries. All else is a web
/// page, as the real site answers for addresses that are none of its API.
/// </summary>
internal sealed class GitLabGit(GitLabHost host)
{
    private static readonly string[] Reads = ["api", "read_api", "read_repository", "write_repository"];
    private static readonly string[] Writes = ["api", "write_repository"];

    /// <param name="path">Without the path that the site lies below.</param>
    public async Task Answer(HttpContext http, string path)
    {
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        if (end < 0)
        {
            await SignIn(http);
            return;
        }
        var project = host.Projects.GetValueOrDefault(path[..end]);
        var token = host.Known(GitLabCall.TokenOf(http.Request));
        var mayRead = (token is not null && token.Scopes.Intersect(Reads).Any()) || Deploys(http.Request, project);
        if (!mayRead && (project is not { IsPublic: true } || IsPush(http.Request)))
            BasicLogin.Ask(http.Response, "GitLab");
        else if (project is null || !Directory.Exists(host.Bare.PathOf(project.FullPath)))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (IsPush(http.Request) && (project.IsArchived || token is null || !MayWrite(token)))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await Serve(http, "/" + path, project, token?.Username ?? "");
    }

    private Task Serve(HttpContext http, string path, GitLabProject project, string user)
    {
        http.Request.Path = path;
        return GitBackend.Serve(
            http,
            host.Bare.Root,
            user,
            async lines =>
            {
                await host.Deliverer.Pushed(project, user, lines);
                await host.PullRequests.Pushed(project.FullPath, lines);
            }
        );
    }

    /// <summary>Its own name has to go with a deploy token, and it opens its own project only.</summary>
    private bool Deploys(HttpRequest request, GitLabProject? project)
    {
        if (project is null || BasicLogin.Of(request) is not var (user, password))
            return false;
        lock (project.DeployTokens)
            return project.DeployTokens.Exists(one =>
                one.Username == user
                && one.Value == password
                && one.Scopes.Contains("read_repository")
                && !(one.ExpiresAt < host.Time.GetUtcNow())
            );
    }

    private static async Task SignIn(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync("<!DOCTYPE html><title>Sign in</title>");
    }

    private static bool IsPush(HttpRequest request) =>
        request.Path.ToString().EndsWith("/git-receive-pack") || request.Query["service"] == "git-receive-pack";

    private static bool MayWrite(GitLabToken token) => token.AccessLevel >= 30 && token.Scopes.Intersect(Writes).Any();
}
