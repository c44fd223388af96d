using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitHub;

/// <summary>Accounts, repositories, branches.</summary>
internal static class GitHubRepositoriesApi
{
    public static Task User(GitHubCall call, string[] path) =>
        call.Answer(200, GitHubShapes.User(call.Host, call.Token!.Login));

    public static Task Mine(GitHubCall call, string[] path) =>
        call.Page(
            [.. call.Host.Repositories.Values.OrderBy(one => one.FullName, StringComparer.OrdinalIgnoreCase)],
            one => GitHubShapes.Repository(call.Host, one)
        );

    public static Task One(GitHubCall call, string[] path) =>
        With(call, path, one => call.Answer(200, GitHubShapes.Repository(call.Host, one)));

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
        call.Host.Find($"{path[0]}/{path[1]}") is { } repository ? serve(repository) : call.Refuse(404, "Not Found");
}
