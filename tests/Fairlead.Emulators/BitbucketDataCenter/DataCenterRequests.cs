using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>Pull requests in the API's lists and in deliveries: the fields that matter to builds.</summary>
internal static class DataCenterRequests
{
    public static Task All(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            one => call.Page(call.Host.PullRequests.Open(one.FullName), _ => true, request => Shape(call.Host, request))
        );

    public static Task Tell(DataCenterHost host, HostedRequest request, string what)
    {
        var one = host.Repositories[request.Base];
        var name = what switch
        {
            "opened" or "reopened" => "pr:opened",
            "updated" => "pr:from_ref_updated",
            "retargeted" => "pr:modified",
            "merged" => "pr:merged",
            _ => "pr:declined",
        };
        var payload = new JsonObject
        {
            ["eventKey"] = name,
            ["date"] = "2026-01-02T03:04:05+0000",
            ["actor"] = DataCenterShapes.Actor(host, "ada"),
            ["pullRequest"] = Shape(host, request),
        };
        if (what == "retargeted")
            payload["previousTarget"] = new JsonObject { ["id"] = "refs/heads/main", ["displayId"] = "main" };
        return host.Deliverer.ToAll(one, name, payload);
    }

    private static JsonObject Shape(DataCenterHost host, HostedRequest request) =>
        new()
        {
            ["id"] = request.Number,
            ["version"] = 0,
            ["title"] = request.Title,
            ["state"] = request.State switch
            {
                "open" => "OPEN",
                "merged" => "MERGED",
                _ => "DECLINED",
            },
            ["open"] = request.State == "open",
            ["closed"] = request.State != "open",
            ["fromRef"] = End(host, request.From, request.Source, request.Head),
            ["toRef"] = End(host, request.Base, request.Target, new string('1', 40)),
        };

    private static JsonObject End(DataCenterHost host, string repository, string branch, string commit) =>
        new()
        {
            ["id"] = "refs/heads/" + branch,
            ["displayId"] = branch,
            ["latestCommit"] = commit,
            ["repository"] = DataCenterShapes.Repository(host, host.Repositories[repository]),
        };
}
