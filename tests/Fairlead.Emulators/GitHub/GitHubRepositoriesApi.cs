using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitHub;

/// <summary>Accounts, repositories, branches.</summary>
internal static class GitHubRepositoriesApi
{
    /// <summary>An App is nobody.</summary>
    public static Task User(GitHubCall call, string[] path) =>
        call.Token!.Installation is null
            ? call.Answer(200, GitHubShapes.Account(call.Host, call.Token.Login))
            : call.Refuse(403, "Resource not accessible by integration");

    public static Task Installed(GitHubCall call, string[] path)
    {
        if (call.Token!.Installation is null)
            return call.Refuse(403, "You must authenticate with an installation access token");
        var all = call.Host.Repositories.Values.Where(one => Opens(call.Token, one)).OrderBy(one => one.Id).ToList();
        return call.Page(
            all,
            one => GitHubShapes.Repository(call.Host, one),
            page => new JsonObject
            {
                ["total_count"] = all.Count,
                ["repository_selection"] = call.Token.Only is null ? "all" : "selected",
                ["repositories"] = page,
            }
        );
    }

    /// <summary>Whether a token reaches a repository at all; what it may do there is another question.</summary>
    public static bool Opens(GitHubToken? token, GitHubRepository one) =>
        token?.Installation is not { } installation
        || (
            string.Equals(one.Owner, installation.Account, StringComparison.OrdinalIgnoreCase)
            && (token.Only?.Contains(one.Id) ?? true)
        );

    public static Task Mine(GitHubCall call, string[] path) =>
        call.Page(
            [.. call.Host.Repositories.Values.OrderBy(one => one.FullName, StringComparer.OrdinalIgnoreCase)],
            one => GitHubShapes.Repository(call.Host, one)
        );

    public static Task One(GitHubCall call, string[] path) =>
        With(call, path, one => call.Answer(200, GitHubShapes.Whole(call.Host, one)));

    public static Task Branches(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            async one =>
            {
                var lines = await Git.Git.Run(
                    call.Host.Bare.PathOf(one.FullName),
                    "for-each-ref",
                    "--format=%(objectname) %(refname:short)",
                    "refs/heads"
                );
                await call.Page(
                    lines.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    line => new JsonObject
                    {
                        ["name"] = line[41..],
                        ["commit"] = new JsonObject
                        {
                            ["sha"] = line[..40],
                            ["url"] = $"{call.Host.Url}api/v3/repos/{one.FullName}/commits/{line[..40]}",
                        },
                        ["protected"] = false,
                    }
                );
            }
        );

    /// <summary>The repository the path names, or 404.</summary>
    public static Task With(GitHubCall call, string[] path, Func<GitHubRepository, Task> serve) =>
        call.Host.Find($"{path[0]}/{path[1]}") is { } repository
        && (Opens(call.Token, repository) || (!repository.IsPrivate && call.Request.Method == "GET"))
            ? serve(repository)
            : call.Refuse(404, "Not Found");
}
