using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>
/// Git over smart HTTP by the real program. The name beside a token is another than at the API: an e-mail address is
/// refused. Pushes become deliveries.
/// </summary>
internal sealed class BitbucketGit(BitbucketHost host)
{
    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var end = path.IndexOf(".git/", StringComparison.Ordinal);
        var one = end < 0 ? null : host.Repositories.GetValueOrDefault(path[1..end]);
        var token = TokenOf(http.Request);
        var pushes = path.EndsWith("/git-receive-pack") || http.Request.Query["service"] == "git-receive-pack";
        if (token is null && (pushes || one is not { IsPrivate: false }))
            BasicLogin.Ask(http.Response, "Bitbucket.org HTTP");
        else if (one is null || !Directory.Exists(host.Bare.PathOf(one.FullName)) || token?.Reaches(one) == false)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (token?.Has($"{(pushes ? "write" : "read")}:repository:bitbucket") == false)
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await GitBackend.Serve(
                http,
                host.Bare.Root,
                token?.Login ?? "",
                async lines =>
                {
                    await host.Deliverer.Pushed(one, token?.Login ?? "", lines);
                    await host.PullRequests.Pushed(one.FullName, lines);
                }
            );
    }

    private BitbucketToken? TokenOf(HttpRequest request)
    {
        if (BasicLogin.Of(request) is not var (user, password) || host.Known(password) is not { } token)
            return null;
        string[] names = token.Email is null ? ["x-token-auth"] : ["x-bitbucket-api-token-auth", token.Login];
        return names.Contains(user) ? token : null;
    }
}
