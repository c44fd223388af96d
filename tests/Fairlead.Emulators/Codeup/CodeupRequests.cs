using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Codeup;

/// <summary>
/// Change requests in the API's list and in deliveries. The list tells branches and no commits; what a delivery tells
/// of one is documented in part only (facts/alibaba.md D4), and no more than that is told.
/// </summary>
internal static class CodeupRequests
{
    public static Task All(CodeupCall call, string[] path)
    {
        var wanted = call.Request.Query["projectIds"].ToString();
        var one = call.Host.Repositories.Values.FirstOrDefault(repository => repository.Id.ToString() == wanted);
        if (call.Request.Query["state"] != "opened")
            call.Host.Violation("changeRequests without their state");
        IReadOnlyList<HostedRequest> open = one is null ? [] : call.Host.ChangeRequests.Open(call.Host.NameOf(one));
        return call.Page(open, request => Shape(call.Host, request));
    }

    public static Task Tell(CodeupHost host, HostedRequest request, string what) =>
        host.Deliverer.ToAll(
            host.Find(request.Base),
            "Merge Request Hook",
            new JsonObject
            {
                ["object_kind"] = "merge_request",
                ["object_attributes"] = new JsonObject
                {
                    ["local_id"] = request.Number,
                    ["title"] = request.Title,
                    ["description"] = "",
                    ["source_branch"] = request.Source,
                    ["target_branch"] = request.Target,
                    ["state"] = request.State == "open" ? "opened" : request.State,
                    ["action"] = what switch
                    {
                        "opened" => "open",
                        "reopened" => "reopen",
                        "updated" or "retargeted" => "update",
                        "merged" => "merge",
                        _ => "close",
                    },
                    ["url"] = Page(host, request),
                },
            }
        );

    private static JsonObject Shape(CodeupHost host, HostedRequest request) =>
        new()
        {
            ["projectId"] = host.Find(request.Base).Id,
            ["localId"] = request.Number,
            ["title"] = request.Title,
            ["description"] = "",
            ["state"] = "UNDER_REVIEW",
            ["createdAt"] = "2024-10-05T15:30:45Z",
            ["updatedAt"] = "2024-10-05T15:30:45Z",
            ["sourceBranch"] = request.Source,
            ["targetBranch"] = request.Target,
            ["author"] = new JsonObject { ["username"] = "ada", ["name"] = "ADA" },
            ["reviewers"] = new JsonArray(),
            ["sourceProjectId"] = host.Find(request.From).Id,
            ["targetProjectId"] = host.Find(request.Base).Id,
            ["workInProgress"] = false,
            ["webUrl"] = Page(host, request),
            ["sshUrl"] = $"git@{host.Url.Host}:{host.Find(request.Base).FullPath}.git",
            ["detailUrl"] = Page(host, request),
            ["creationMethod"] = "WEB",
            ["sourceType"] = "BRANCH",
            ["targetType"] = "BRANCH",
            ["supportMergeFFOnly"] = true,
            ["totalCommentCount"] = 0,
            ["unResolvedCommentCount"] = 0,
            ["hasConflict"] = false,
            ["mergedRevision"] = "",
        };

    private static string Page(CodeupHost host, HostedRequest request) =>
        $"{host.Url}{host.GitBelow}{host.Find(request.Base).FullPath}/change/{request.Number}";
}
