using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitLab;

/// <summary>Merge requests in the API's lists and in deliveries: the fields that matter here.</summary>
internal static class GitLabRequests
{
    public static Task All(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            one => call.Page(call.Host.PullRequests.Open(one.FullPath), request => Shape(call.Host, request))
        );

    public static Task Tell(GitLabHost host, HostedRequest request, string what)
    {
        var one = host.Projects[request.Base];
        var told = Shape(host, request);
        told["last_commit"] = new JsonObject { ["id"] = request.Head };
        told["action"] = what switch
        {
            "opened" => "open",
            "reopened" => "reopen",
            "updated" or "retargeted" => "update",
            "merged" => "merge",
            _ => "close",
        };
        if (what == "updated")
            told["oldrev"] = new string('1', 40);
        var payload = new JsonObject
        {
            ["object_kind"] = "merge_request",
            ["event_type"] = "merge_request",
            ["project"] = new JsonObject { ["id"] = one.Id, ["path_with_namespace"] = one.FullPath },
            ["object_attributes"] = told,
        };
        if (what == "retargeted")
            payload["changes"] = new JsonObject
            {
                ["target_branch"] = new JsonObject { ["previous"] = "main", ["current"] = request.Target },
            };
        return host.Deliverer.ToAll(one, "Merge Request Hook", payload);
    }

    public static JsonObject Shape(GitLabHost host, HostedRequest request) =>
        new()
        {
            ["id"] = 1000 + request.Number,
            ["iid"] = request.Number,
            ["project_id"] = host.Projects[request.Base].Id,
            ["title"] = request.Title,
            ["description"] = null,
            ["state"] = request.State == "open" ? "opened" : request.State,
            ["source_branch"] = request.Source,
            ["target_branch"] = request.Target,
            ["source_project_id"] = host.Projects.GetValueOrDefault(request.From)?.Id,
            ["target_project_id"] = host.Projects[request.Base].Id,
            ["detailed_merge_status"] =
                request.State != "open" ? "not_open"
                : request.Unchecked > 0 ? "checking"
                : "mergeable",
            ["sha"] = request.Head,
            ["merge_commit_sha"] = request.MergeCommit,
            ["web_url"] = $"{host.Url}{request.Base}/-/merge_requests/{request.Number}",
        };
}
