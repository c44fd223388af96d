using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitLab;

/// <summary>A merge request.</summary>
public sealed class GitLabRequest(long iid, string source, string target, string title)
{
    public long Iid => iid;
    public string Source => source;
    public string Target => target;
    public string Title => title;
    public string State { get; set; } = "opened";
    public string? MergeCommit { get; set; }

    /// <summary>Looks until the host knows whether it may be merged.</summary>
    public int Unchecked { get; set; } = 1;
}

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
                if (await Head(call, one, source) is null || await Head(call, one, target) is null)
                    await call.Refuse(400, "source_branch or target_branch does not exist");
                else if (one.Requests.Any(other => (other.Source, other.State) == (source, "opened")))
                    await call.Refuse(409, "Another open merge request already exists for this source branch");
                else
                {
                    var request = new GitLabRequest(one.Requests.Count + 1, source, target, call.Text("title") ?? "");
                    one.Requests.Add(request);
                    await call.Answer(201, await Shape(call, one, request));
                }
            }
        );

    public static Task One(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, request) =>
            {
                request.Unchecked = Math.Max(0, request.Unchecked - 1);
                await call.Answer(200, await Shape(call, one, request));
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
                    request.State = "closed";
                await call.Answer(200, await Shape(call, one, request));
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
                var head = await Head(call, one, request.Source);
                if (request.Unchecked > 0 || request.State != "opened" || one.MergesArePrevented)
                    await call.Refuse(405, "405 Method Not Allowed");
                else if (call.Text("sha") is { } sha && sha != head)
                    await call.Refuse(409, "SHA does not match HEAD of source branch: " + head);
                else
                    await Merge(call, one, request, head!);
            }
        );

    private static async Task Merge(GitLabCall call, GitLabProject one, GitLabRequest request, string head)
    {
        var message = call.Text("merge_commit_message") ?? request.Title;
        var bare = call.Host.Bare.PathOf(one.FullPath);
        var before = await Head(call, one, request.Target);
        request.MergeCommit = await HostMerge.Run(bare, head, request.Target, message);
        request.State = "merged";
        await call.Answer(200, await Shape(call, one, request));
        var line = $"{before} {request.MergeCommit} refs/heads/{request.Target}";
        await call.Host.Deliverer.Pushed(one, call.Token!.Username, [line]);
    }

    private static Task With(GitLabCall call, string[] path, Func<GitLabProject, GitLabRequest, Task> act) =>
        GitLabProjectsApi.With(
            call,
            path,
            one =>
                one.Requests.FirstOrDefault(request => request.Iid.ToString() == path[1]) is { } found
                    ? act(one, found)
                    : call.Refuse(404, "404 Not found")
        );

    private static async Task<string?> Head(GitLabCall call, GitLabProject one, string branch)
    {
        var git = new PushedCommits(call.Host.Bare.PathOf(one.FullPath));
        var name = $"refs/heads/{branch}";
        return branch.Length > 0 && await git.Has(name) ? await git.Ask("rev-parse", name) : null;
    }

    private static async Task<JsonObject> Shape(GitLabCall call, GitLabProject one, GitLabRequest request) =>
        new()
        {
            ["id"] = 9000 + request.Iid,
            ["iid"] = request.Iid,
            ["project_id"] = one.Id,
            ["title"] = request.Title,
            ["description"] = null,
            ["state"] = request.State,
            ["source_branch"] = request.Source,
            ["target_branch"] = request.Target,
            ["detailed_merge_status"] =
                request.State != "opened" ? "not_open"
                : request.Unchecked > 0 ? "checking"
                : "mergeable",
            ["sha"] = await Head(call, one, request.Source),
            ["merge_commit_sha"] = request.MergeCommit,
            ["web_url"] = $"{call.Host.Url}{one.FullPath}/-/merge_requests/{request.Iid}",
        };
}
