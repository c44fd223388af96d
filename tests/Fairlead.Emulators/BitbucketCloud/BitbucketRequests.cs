using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>
/// Pull requests, as the API lists them and deliveries tell of them: the fields that matter to builds. Commits are
/// shortened, and the base repository keeps no ref of a request.
/// </summary>
internal static class BitbucketRequests
{
    public static Task All(BitbucketCall call, string[] path) =>
        BitbucketRepositoriesApi.With(
            call,
            path,
            one => call.Page(call.Host.PullRequests.Open(one.FullName), request => Shape(call.Host, request))
        );

    public static Task Tell(BitbucketHost host, HostedRequest request, string what)
    {
        var one = host.Repositories[request.Base];
        var name = what switch
        {
            "opened" or "reopened" => "created",
            "merged" => "fulfilled",
            "closed" => "rejected",
            "retargeted" => "updated",
            _ => what,
        };
        return host.Deliverer.ToAll(
            one,
            "pullrequest:" + name,
            new JsonObject
            {
                ["pullrequest"] = Shape(host, request),
                ["repository"] = BitbucketShapes.Named(host, one),
                ["actor"] = BitbucketShapes.Actor(host, one.Workspace),
            }
        );
    }

    private static JsonObject Shape(BitbucketHost host, HostedRequest request) =>
        new()
        {
            ["type"] = "pullrequest",
            ["id"] = request.Number,
            ["title"] = request.Title,
            ["state"] = request.State switch
            {
                "open" => "OPEN",
                "merged" => "MERGED",
                _ => "DECLINED",
            },
            ["source"] = End(host, request.From, request.Source, request.Head[..12]),
            ["destination"] = End(host, request.Base, request.Target, new string('1', 12)),
        };

    private static JsonObject End(BitbucketHost host, string repository, string branch, string commit) =>
        new()
        {
            ["branch"] = new JsonObject { ["name"] = branch },
            ["commit"] = new JsonObject { ["type"] = "commit", ["hash"] = commit },
            ["repository"] = host.Repositories.GetValueOrDefault(repository) is { } one
                ? BitbucketShapes.Named(host, one)
                : null,
        };
}
