using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Gitea;

/// <summary>Pull requests in the API's lists and in deliveries: the fields that matter to builds.</summary>
internal static class GiteaRequests
{
    public static Task All(GiteaCall call, string[] path) =>
        GiteaRepositoriesApi.With(
            call,
            path,
            one =>
                call.Page(
                    call.Host.PullRequests.Open(one.FullName),
                    request => Shape(call.Host, request, call.Token!.Login)
                )
        );

    public static Task Tell(GiteaHost host, HostedRequest request, string what)
    {
        var one = host.Repositories[request.Base];
        var told = new JsonObject
        {
            ["action"] = what switch
            {
                "updated" => "synchronized",
                "merged" => "closed",
                "retargeted" => "edited",
                _ => what,
            },
            ["number"] = request.Number,
            ["pull_request"] = Shape(host, request, one.Owner),
            ["repository"] = GiteaShapes.Repository(host, one, one.Owner),
            ["sender"] = GiteaShapes.User(host, one.Owner),
        };
        if (what == "retargeted")
            told["changes"] = new JsonObject { ["ref"] = new JsonObject { ["from"] = "main" } };
        var type = what == "updated" ? "pull_request_sync" : "pull_request";
        return host.Deliverer.ToAll(one, "pull_request", type, request.Target, told);
    }

    private static JsonObject Shape(GiteaHost host, HostedRequest request, string login) =>
        new()
        {
            ["id"] = 1000 + request.Number,
            ["number"] = request.Number,
            ["title"] = request.Title,
            ["state"] = request.State == "open" ? "open" : "closed",
            ["merged"] = request.State == "merged",
            ["head"] = End(host, request.From, request.Source, request.Head, login),
            ["base"] = End(host, request.Base, request.Target, new string('1', 40), login),
        };

    private static JsonObject End(GiteaHost host, string repository, string branch, string commit, string login) =>
        new()
        {
            ["label"] = branch,
            ["ref"] = branch,
            ["sha"] = commit,
            ["repo_id"] = host.Repositories.GetValueOrDefault(repository)?.Id ?? 0,
            ["repo"] = host.Repositories.GetValueOrDefault(repository) is { } one
                ? GiteaShapes.Repository(host, one, login)
                : null,
        };
}
