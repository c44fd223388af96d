using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>Which repositories and projects there are, for whom.</summary>
internal static class DataCenterRepositoriesApi
{
    private static readonly Dictionary<string, DataCenterPermission> Permissions = new()
    {
        ["REPO_READ"] = DataCenterPermission.RepositoryRead,
        ["REPO_WRITE"] = DataCenterPermission.RepositoryWrite,
        ["REPO_ADMIN"] = DataCenterPermission.RepositoryAdmin,
        ["PROJECT_VIEW"] = DataCenterPermission.RepositoryRead,
        ["PROJECT_READ"] = DataCenterPermission.RepositoryRead,
        ["PROJECT_ADMIN"] = DataCenterPermission.ProjectAdmin,
    };

    public static Task Properties(DataCenterCall call, string[] path) =>
        call.Answer(
            200,
            new JsonObject
            {
                ["version"] = "10.3.0",
                ["buildNumber"] = "10030000",
                ["buildDate"] = "1767225600000",
                ["displayName"] = "Bitbucket",
            }
        );

    /// <summary>Archived ones only where they are asked for.</summary>
    public static Task All(DataCenterCall call, string[] path)
    {
        var archived = (string?)call.Request.Query["archived"] ?? "ACTIVE";
        var all = call.Host.Repositories.Values.OrderBy(one => one.Id).ToList();
        return Allowed(call, "REPO_READ") is { } allowed
            ? call.Page(
                all,
                one =>
                    !one.IsHidden
                    && (allowed || one.IsPublic)
                    && (archived == "ALL" || one.IsArchived == (archived == "ARCHIVED")),
                one => DataCenterShapes.Repository(call.Host, one)
            )
            : Unknown(call);
    }

    public static Task Projects(DataCenterCall call, string[] path)
    {
        var keys = call.Host.Repositories.Values.Select(one => one.Key).Distinct().Order().ToList();
        return Allowed(call, "PROJECT_VIEW") is { } allowed
            ? call.Page(keys, _ => allowed, key => DataCenterShapes.Project(call.Host, key))
            : Unknown(call);
    }

    public static Task One(DataCenterCall call, string[] path) =>
        With(call, path, one => call.Answer(200, DataCenterShapes.Repository(call.Host, one)));

    public static Task Branches(DataCenterCall call, string[] path) =>
        With(
            call,
            path,
            async one =>
                await call.Page(
                    await new PushedCommits(call.Host.PathOf(one)).Lines(
                        "for-each-ref",
                        "--format=%(objectname) %(refname:short)",
                        "refs/heads"
                    ),
                    _ => true,
                    line => new JsonObject
                    {
                        ["id"] = $"refs/heads/{line[41..]}",
                        ["displayId"] = line[41..],
                        ["type"] = "BRANCH",
                        ["latestCommit"] = line[..40],
                        ["isDefault"] = line[41..] == one.DefaultBranch,
                    }
                )
        );

    /// <summary>The repository the path names or named, or 404.</summary>
    public static Task With(DataCenterCall call, string[] path, Func<DataCenterRepository, Task> serve) =>
        call.Host.Find($"{path[0]}/{path[1]}") is { IsHidden: false } one
            ? one.IsClosed
                ? call.NotPermitted()
                : serve(one)
            : call.Refuse(
                404,
                $"Repository {path[0]}/{path[1]} does not exist.",
                "repository.NoSuchRepositoryException"
            );

    /// <summary>Null for a permission that there is not.</summary>
    private static bool? Allowed(DataCenterCall call, string standard) =>
        Permissions.TryGetValue((string?)call.Request.Query["permission"] ?? standard, out var wanted)
            ? call.Token?.Permission >= wanted
            : null;

    private static Task Unknown(DataCenterCall call) =>
        call.Refuse(400, "Unknown permission", "validation.ArgumentValidationException");
}
