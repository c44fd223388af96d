using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>Who one is, and which repositories there are: only ever those of one workspace.</summary>
internal static class BitbucketRepositoriesApi
{
    private static readonly string[] Roles = ["admin", "contributor", "member", "owner"];

    public static Task User(BitbucketCall call, string[] path) =>
        call.Answer(200, BitbucketShapes.User(call.Host, call.Token!.Login));

    public static Task Workspaces(BitbucketCall call, string[] path) =>
        call.Page(
            [.. call.Host.Workspaces.Where(one => call.Token!.Workspace is not { } only || only == one.Slug)],
            one => BitbucketShapes.Access(call.Host, one.Slug, one.Uuid)
        );

    public static Task OfWorkspace(BitbucketCall call, string[] path)
    {
        var role = (string?)call.Request.Query["role"];
        if (role is not null && !Roles.Contains(role))
            return call.Refuse(400, "Invalid role");
        var workspace = call.Host.Workspaces.FirstOrDefault(one => path[0] == one.Slug || path[0] == one.Uuid).Slug;
        if (workspace is null || (call.Token!.Workspace is { } only && only != workspace))
            return call.Refuse(404, $"No workspace with identifier '{path[0]}'.");
        return call.Page(
            [
                .. call
                    .Host.Repositories.Values.Where(one => one.Workspace == workspace && call.Token!.Reaches(one))
                    .Where(one => role is null || !one.Strangers.Contains(call.Token!.Login))
                    .OrderBy(one => one.FullName, StringComparer.Ordinal),
            ],
            one => BitbucketShapes.Repository(call.Host, one)
        );
    }

    public static Task One(BitbucketCall call, string[] path) =>
        With(call, path, one => call.Answer(200, BitbucketShapes.Repository(call.Host, one)));

    public static Task Branches(BitbucketCall call, string[] path) =>
        With(
            call,
            path,
            async one =>
                await call.Page(
                    await new PushedCommits(call.Host.Bare.PathOf(one.FullName)).Lines(
                        "for-each-ref",
                        "--format=%(objectname) %(refname:short)",
                        "refs/heads"
                    ),
                    line => new JsonObject
                    {
                        ["name"] = line[41..],
                        ["target"] = new JsonObject { ["hash"] = line[..40], ["type"] = "commit" },
                        ["type"] = "branch",
                    }
                )
        );

    /// <summary>The repository the path names, or 404.</summary>
    public static Task With(BitbucketCall call, string[] path, Func<BitbucketRepository, Task> serve) =>
        call.Host.Find(path[0], path[1]) is { } one && call.Token!.Reaches(one) ? serve(one)
        : call.Host.IsHidden($"{path[0]}/{path[1]}") && call.Host.HidesBy == StatusCodes.Status403Forbidden
            ? call.Refuse(403, "Your credentials do not have access to this repository.")
        : call.Refuse(404, $"Repository {path[0]}/{path[1]} not found");
}
