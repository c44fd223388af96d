using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>Pull requests in the API's lists and in deliveries: the fields that matter to builds.</summary>
internal static class GitHubRequests
{
    public static Task All(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            one => call.Page(call.Host.PullRequests.Open(one.FullName), request => Shape(call.Host, request))
        );

    public static Task Tell(GitHubHost host, HostedRequest request, string what) =>
        host.Find(request.Base) is not { } one
            ? Task.CompletedTask
            : host.Deliverer.ToAll(
                one,
                "pull_request",
                Action(what),
                new JsonObject
                {
                    ["action"] = Action(what),
                    ["number"] = request.Number,
                    ["pull_request"] = Shape(host, request),
                    ["repository"] = GitHubShapes.Repository(host, one),
                    ["sender"] = GitHubShapes.User(host, one.Owner),
                }
            );

    private static string Action(string what) =>
        what switch
        {
            "updated" => "synchronize",
            "merged" => "closed",
            _ => what,
        };

    private static JsonObject Shape(GitHubHost host, HostedRequest request) =>
        new()
        {
            ["id"] = 1000 + request.Number,
            ["number"] = request.Number,
            ["state"] = request.State == "open" ? "open" : "closed",
            ["title"] = request.Title,
            ["merged"] = request.State == "merged",
            ["draft"] = false,
            ["head"] = End(host, request.From, request.Source, request.Head),
            ["base"] = End(host, request.Base, request.Target, new string('1', 40)),
        };

    private static JsonObject End(GitHubHost host, string repository, string branch, string commit) =>
        new()
        {
            ["label"] = $"{repository.Split('/')[0]}:{branch}",
            ["ref"] = branch,
            ["sha"] = commit,
            // A deleted fork leaves nothing.
            ["repo"] = host.Find(repository) is { } one ? GitHubShapes.Repository(host, one) : null,
        };
}
