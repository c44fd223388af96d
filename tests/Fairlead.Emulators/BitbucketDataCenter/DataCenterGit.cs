using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>
/// Git over smart HTTP by the real program. A person's token does in place of a password too; one of a project or
/// repository goes by itself only. Pushes become deliveries.
/// </summary>
internal sealed class DataCenterGit(DataCenterHost host)
{
    private const string Start = "/scm/";

    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        var one =
            path.StartsWith(Start, StringComparison.Ordinal) && end > 0 ? host.Find(path[Start.Length..end]) : null;
        var token = DataCenterCall.TokenOf(host, http.Request);
        var pushes = path.EndsWith("/git-receive-pack") || http.Request.Query["service"] == "git-receive-pack";
        var wanted = pushes ? DataCenterPermission.RepositoryWrite : DataCenterPermission.RepositoryRead;
        if (token is null && (pushes || one is not { IsPublic: true }))
            BasicLogin.Ask(http.Response, "Atlassian Bitbucket");
        else if (one is { IsClosed: true })
            http.Response.StatusCode = host.GitHidesBy;
        else if (one is null || !Directory.Exists(host.PathOf(one)))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (token?.Permission < wanted)
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
        {
            http.Request.Path = $"/{one.FullName.ToLowerInvariant()}{path[end..]}";
            await GitBackend.Serve(
                http,
                host.Bare.Root,
                token?.User ?? "",
                async lines =>
                {
                    await host.Deliverer.Pushed(one, token?.User ?? "", lines);
                    await host.PullRequests.Pushed(one.FullName, lines);
                }
            );
        }
    }
}
