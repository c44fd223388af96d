using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitLab;

/// <summary>
/// Statuses of commits. One that waits or runs is moved along, which the state machine may refuse; where none does, a
/// new one is made, and the newest of a name counts.
/// </summary>
internal static class GitLabStatusesApi
{
    private static readonly string[] Fields =
    [
        "state",
        "ref",
        "name",
        "context",
        "target_url",
        "description",
        "coverage",
        "pipeline_id",
    ];

    private const int Longest = 255;

    public static Task Create(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read(Fields))
                    return;
                var name = call.Text("name") ?? call.Text("context") ?? "default";
                if (call.Text("state") is not ("pending" or "running" or "success" or "failed" or "canceled"))
                    await call.Wrong(400, "state does not have a valid value");
                else if (call.Text("description")?.Length > Longest || call.Text("target_url")?.Length > Longest)
                    await call.Refuse(400, "description is too long (maximum is 255 characters)");
                else if (!await new PushedCommits(call.Host.Bare.PathOf(one.FullPath)).Has(path[1]))
                    await call.Refuse(404, "404 Commit Not Found");
                else
                    await Move(call, one, path[1], name, call.Text("state")!);
            }
        );

    public static Task All(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            one =>
            {
                lock (one.Statuses)
                {
                    var newest = one
                        .Statuses.Where(status => status.Commit == path[1])
                        .GroupBy(status => status.Name)
                        .Select(same => same.Last());
                    return call.Page([.. newest], status => GitLabShapes.Status(call, status));
                }
            }
        );

    private static Task Move(GitLabCall call, GitLabProject one, string commit, string name, string state)
    {
        GitLabStatus status;
        lock (one.Statuses)
        {
            var open = one.Statuses.FindLast(other =>
                (other.Commit, other.Name) == (commit, name) && other.State is "pending" or "running"
            );
            if (open is not null && (open.State == state || state == "pending"))
            {
                var step = state == "pending" ? "enqueue" : "run";
                return call.Refuse(
                    400,
                    $"Cannot transition status via :{step} from :{open.State} "
                        + $"(Reason(s): Status cannot transition via \"{step}\")"
                );
            }
            status = open ?? new GitLabStatus(call.Host.NextId(), commit, name);
            if (open is null)
                one.Statuses.Add(status);
            status.State = state;
            status.Description = call.Text("description") ?? status.Description;
            status.TargetUrl = call.Text("target_url") ?? status.TargetUrl;
        }
        return call.Answer(201, GitLabShapes.Status(call, status));
    }
}
