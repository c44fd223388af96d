using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>Pull requests in the API's lists and in deliveries.</summary>
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
            : host.Deliverer.ToAll(one, "pull_request", Action(what), Payload(host, one, request, what));

    private static JsonObject Payload(GitHubHost host, GitHubRepository one, HostedRequest request, string what)
    {
        var payload = new JsonObject
        {
            ["action"] = Action(what),
            ["number"] = request.Number,
            ["pull_request"] = Told(host, request),
            ["repository"] = GitHubShapes.Repository(host, one),
            ["sender"] = GitHubShapes.User(host, one.Owner),
        };
        if (what == "retargeted")
            payload["changes"] = new JsonObject
            {
                ["base"] = new JsonObject
                {
                    ["ref"] = new JsonObject { ["from"] = "main" },
                    ["sha"] = new JsonObject { ["from"] = new string('1', 40) },
                },
            };
        return payload;
    }

    private static JsonObject Told(GitHubHost host, HostedRequest request)
    {
        var shape = Shape(host, request);
        shape["merged"] = request.State == "merged";
        return shape;
    }

    private static string Action(string what) =>
        what switch
        {
            "updated" => "synchronize",
            "retargeted" => "edited",
            "merged" => "closed",
            _ => what,
        };

    /// <summary>As lists have it.</summary>
    private static JsonObject Shape(GitHubHost host, HostedRequest request)
    {
        var (api, page) = ($"{host.Url}api/v3/repos/{request.Base}", $"{host.Url}{request.Base}/pull/{request.Number}");
        var author = request.From.Split('/')[0];
        var shape = new JsonObject
        {
            ["id"] = 1000 + request.Number,
            ["node_id"] = $"PR_{request.Number}",
            ["number"] = request.Number,
            ["state"] = request.State == "open" ? "open" : "closed",
            ["locked"] = false,
            ["title"] = request.Title,
            ["user"] = GitHubShapes.User(host, author),
            ["labels"] = new JsonArray(),
            ["draft"] = false,
            ["author_association"] = "CONTRIBUTOR",
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["updated_at"] = "2026-01-02T03:04:05Z",
            ["html_url"] = page,
            ["diff_url"] = page + ".diff",
            ["patch_url"] = page + ".patch",
            ["head"] = End(host, request.From, request.Source, request.Head),
            ["base"] = End(host, request.Base, request.Target, new string('1', 40)),
        };
        foreach (var name in Empty.Split(' '))
            shape[name] = null;
        var links = new JsonObject { ["html"] = new JsonObject { ["href"] = page } };
        foreach (var (name, path) in Urls(request))
        {
            shape[name == "self" ? "url" : name + "_url"] = $"{api}/{path}";
            links[name] = new JsonObject { ["href"] = $"{api}/{path}" };
        }
        shape["_links"] = links;
        return shape;
    }

    private const string Empty = "body assignee milestone closed_at merged_at merge_commit_sha auto_merge";

    private static IEnumerable<(string Name, string Path)> Urls(HostedRequest request) =>
        [
            ("self", $"pulls/{request.Number}"),
            ("issue", $"issues/{request.Number}"),
            ("comments", $"issues/{request.Number}/comments"),
            ("commits", $"pulls/{request.Number}/commits"),
            ("review_comments", $"pulls/{request.Number}/comments"),
            ("review_comment", "pulls/comments{/number}"),
            ("statuses", $"statuses/{request.Head}"),
        ];

    private static JsonObject End(GitHubHost host, string repository, string branch, string commit) =>
        new()
        {
            ["label"] = $"{repository.Split('/')[0]}:{branch}",
            ["ref"] = branch,
            ["sha"] = commit,
            ["user"] = GitHubShapes.User(host, repository.Split('/')[0]),
            // A deleted fork leaves nothing.
            ["repo"] = host.Find(repository) is { } one ? GitHubShapes.Repository(host, one) : null,
        };
}
