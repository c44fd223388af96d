using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Gitea;

/// <summary>Git over smart HTTP by the real program, with tokens for passwords; pushes become deliveries.</summary>
internal sealed class GiteaGit(GiteaHost host)
{
    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        var one = end < 0 ? null : host.Repositories.GetValueOrDefault(path[1..end]);
        var token = host.Known(GiteaCall.TokenOf(http.Request));
        var pushes = path.EndsWith("/git-receive-pack") || http.Request.Query["service"] == "git-receive-pack";
        var level = pushes ? "write" : "read";
        if (token is null && (pushes || one is not { IsPrivate: false }))
            BasicLogin.Ask(http.Response, "Gitea");
        else if (one is null || !Directory.Exists(host.Bare.PathOf(one.FullName)))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (token is not null && !token.Has(level, "repository"))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (pushes && (one.IsArchived || !one.Writers.Contains(token!.Login)))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await Serve(http, one, token?.Login ?? "");
    }

    private Task Serve(HttpContext http, GiteaRepository one, string login) =>
        GitBackend.Serve(
            http,
            host.Bare.Root,
            login,
            async lines =>
            {
                foreach (var line in lines)
                    if (line.Split(' ', 3) is [var before, var after, var name])
                        await host.Deliverer.Moved(one, login, new GiteaMove(before, after, name));
                await host.PullRequests.Pushed(one.FullName, lines);
            }
        );
}
