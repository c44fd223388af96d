using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>Statuses of commits. The newest of a context is the one that counts.</summary>
internal static class GitHubStatusesApi
{
    private const int MostOfOneContext = 1000;

    public static Task Create(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("state", "target_url", "description", "context"))
                    return;
                var status = new GitHubStatus(
                    path[2],
                    (string?)call.Body["state"] ?? "",
                    ((string?)call.Body["context"] ?? "default").ToLowerInvariant(),
                    (string?)call.Body["description"],
                    (string?)call.Body["target_url"]
                );
                if (await Wrong(call.Host, one, status) is { } wrong)
                {
                    await call.Refuse(422, "Validation Failed", wrong);
                    return;
                }
                lock (one.Statuses)
                    one.Statuses.Add(status);
                await call.Answer(201, GitHubShapes.Status(call.Host, one, status));
            }
        );

    public static Task All(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            one =>
            {
                lock (one.Statuses)
                    return call.Page(
                        [.. Enumerable.Reverse(one.Statuses).Where(status => status.Commit == path[2])],
                        status => GitHubShapes.Status(call.Host, one, status)
                    );
            }
        );

    private static async Task<string?> Wrong(GitHubHost host, GitHubRepository one, GitHubStatus status)
    {
        if (status.State is not ("error" or "failure" or "pending" or "success"))
            return "state is not included in the list";
        if (status.Description?.Length > 140)
            return "description is too long (maximum is 140 characters)";
        if (status.TargetUrl is { } url && !url.StartsWith("http"))
            return "target_url must use http(s) scheme";
        if (
            one.Statuses.Count(other => (other.Commit, other.Context) == (status.Commit, status.Context))
            >= MostOfOneContext
        )
            return "This SHA and context has reached the maximum number of statuses.";
        return await new PushedCommits(host.Bare.PathOf(one.FullName)).Has(status.Commit)
            ? null
            : $"No commit found for SHA: {status.Commit}";
    }
}
