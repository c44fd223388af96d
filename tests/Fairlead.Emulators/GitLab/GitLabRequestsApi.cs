using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitLab;

/// <summary>Merge requests: opened, looked at until they are checked, accepted, closed.</summary>
internal static class GitLabRequestsApi
{
    public static Task Create(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("source_branch", "target_branch", "title", "description"))
                    return;
                var (source, target) = (call.Text("source_branch") ?? "", call.Text("target_branch") ?? "");
                if (!await IsThere(call, one, source) || !await IsThere(call, one, target))
                    await call.Refuse(400, "source_branch or target_branch does not exist");
                else if (call.Host.PullRequests.Open(one.FullPath).Any(other => other.Source == source))
                    await call.Refuse(409, "Another open merge request already exists for this source branch");
                else
                    await Answer(call, 201, await Asked(call, one, source, target));
            }
        );

    public static Task One(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, request) =>
            {
                request.Unchecked = Math.Max(0, request.Unchecked - 1);
                await Answer(call, 200, request);
            }
        );

    public static Task Change(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, request) =>
            {
                if (!await call.Read("state_event", "title", "description", "target_branch"))
                    return;
                if (call.Text("state_event") == "close")
                    await call.Host.PullRequests.Close(request);
                await Answer(call, 200, request);
            }
        );

    public static Task Accept(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, request) =>
            {
                if (
                    !await call.Read(
                        "sha",
                        "merge_commit_message",
                        "should_remove_source_branch",
                        "squash",
                        "auto_merge"
                    )
                )
                    return;
                if (request.Unchecked > 0 || request.State != "open" || one.MergesArePrevented)
                    await call.Refuse(405, "405 Method Not Allowed");
                else if (call.Text("sha") is { } sha && sha != request.Head)
                    await call.Refuse(409, "SHA does not match HEAD of source branch: " + request.Head);
                else
                    await Merge(call, one, request);
            }
        );

    private static async Task Merge(GitLabCall call, GitLabProject one, HostedRequest request)
    {
        var message = call.Text("merge_commit_message") ?? request.Title;
        var bare = call.Host.Bare.PathOf(one.FullPath);
        var before = await new PushedCommits(bare).Ask("rev-parse", $"refs/heads/{request.Target}");
        request.MergeCommit = await HostMerge.Run(bare, request.Head, request.Target, message);
        await call.Host.PullRequests.Close(request, merged: true);
        await Answer(call, 200, request);
        var line = $"{before} {request.MergeCommit} refs/heads/{request.Target}";
        await call.Host.Deliverer.Pushed(one, call.Token!.Username, [line]);
    }

    private static Task With(GitLabCall call, string[] path, Func<GitLabProject, HostedRequest, Task> act) =>
        GitLabProjectsApi.With(
            call,
            path,
            one =>
                call.Host.PullRequests.Find(one.FullPath, path[1]) is { } found
                    ? act(one, found)
                    : call.Refuse(404, "404 Not found")
        );

    private static Task<HostedRequest> Asked(GitLabCall call, GitLabProject one, string source, string target) =>
        call.Host.PullRequests.Ask(one.FullPath, source, target, call.Text("title") ?? "");

    private static async Task<bool> IsThere(GitLabCall call, GitLabProject one, string branch) =>
        branch.Length > 0 && await new PushedCommits(call.Host.Bare.PathOf(one.FullPath)).Has($"refs/heads/{branch}");

    private static Task Answer(GitLabCall call, int status, HostedRequest request) =>
        call.Answer(status, GitLabRequests.Shape(call.Host, request));
}
