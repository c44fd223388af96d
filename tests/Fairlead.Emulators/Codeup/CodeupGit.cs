using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Codeup;

/// <summary>
/// Git over smart HTTP by the real program; the token is the password, and the user name has to be the one for cloning.
/// Pushes become deliveries. All else is a web page.
/// </summary>
internal sealed class CodeupGit(CodeupHost host)
{
    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var (start, end) = ("/" + host.GitBelow, path.IndexOf(".git/", StringComparison.Ordinal));
        if (end < 0 || !path.StartsWith(start, StringComparison.Ordinal))
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync("<!DOCTYPE html><title>Codeup</title>");
            return;
        }
        var one = host.Repositories.GetValueOrDefault(path[start.Length..end]);
        var pushes = path.EndsWith("/git-receive-pack") || http.Request.Query["service"] == "git-receive-pack";
        var right = pushes ? CodeupRight.WriteCode : CodeupRight.ReadRepositories;
        if (Signed(http.Request) is not { } token)
            BasicLogin.Ask(http.Response, "Codeup");
        else if (one is null || !Directory.Exists(host.Bare.PathOf(one.FullPath)))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!token.Rights.Contains(right))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
        {
            http.Request.Path = path[(start.Length - 1)..];
            await GitBackend.Serve(http, host.Bare.Root, token.Login, lines => Pushed(one, token.Login, lines));
        }
    }

    private async Task Pushed(CodeupRepository one, string login, string[] lines)
    {
        await host.Deliverer.Pushed(one, login, lines);
        await host.ChangeRequests.Pushed(host.NameOf(one), lines);
    }

    private CodeupToken? Signed(HttpRequest request) =>
        BasicLogin.Of(request) is var (user, password)
        && host.Known(password) is { IsExpired: false } token
        && token.CloneUser == user
            ? token
            : null;
}
