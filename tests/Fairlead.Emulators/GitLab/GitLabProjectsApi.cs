using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitLab;

/// <summary>Who one is, projects, branches.</summary>
internal static class GitLabProjectsApi
{
    public static readonly string[] Filters =
    [
        "membership",
        "simple",
        "order_by",
        "sort",
        "search",
        "search_namespaces",
        "min_access_level",
        "pagination",
        "id_after",
    ];

    public static Task Version(GitLabCall call, string[] path) =>
        call.Answer(200, new JsonObject { ["version"] = "18.4.0", ["revision"] = "0123456789a" });

    public static Task User(GitLabCall call, string[] path) =>
        call.Answer(200, GitLabShapes.User(call.Host, call.Token!.Username));

    public static Task Self(GitLabCall call, string[] path) =>
        call.Host.TellsTokens ? call.Answer(200, GitLabShapes.Token(call.Token!)) : call.Wrong(404, "404 Not Found");

    /// <summary>What a granted token tells of itself, beside the API.</summary>
    public static Task Info(GitLabCall call) =>
        call.Token is { IsGranted: true } token
            ? call.Answer(
                200,
                new JsonObject
                {
                    ["resource_owner_id"] = 1,
                    ["scope"] = new JsonArray([.. token.Scopes.Select(scope => (JsonNode)scope)]),
                    ["expires_in"] = (int)(token.EndsAt!.Value - call.Host.Time.GetUtcNow()).TotalSeconds,
                    ["application"] = new JsonObject { ["uid"] = "client" },
                }
            )
            : call.Wrong(401, "invalid_token");

    /// <summary>Without <c>membership</c>, the whole world's public projects are listed before one's own.</summary>
    public static async Task All(GitLabCall call, string[] path)
    {
        var query = call.Request.Query;
        if (query["membership"] != "true")
        {
            call.Host.Violation("a list of projects without membership=true");
            await call.Wrong(400, "membership is missing");
            return;
        }
        var simple = query["simple"] == "true";
        var (search, isKeyset) = (query["search"].ToString(), query["pagination"] == "keyset");
        if (isKeyset && query["order_by"] is { Count: > 0 } order && order != "id")
        {
            await call.Refuse(405, "405 Keyset pagination is not yet available for this type of request");
            return;
        }
        var isDown = query["sort"] != "asc";
        var found = call
            .Host.Projects.Values.Where(one => one.Path.Contains(search, StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => isDown && !isKeyset ? -one.Id : one.Id)
            .ToList();
        if (isKeyset)
            await call.Keyset(found, one => one.Id, one => GitLabShapes.Project(call, one, simple));
        else
            await call.Page(found, one => GitLabShapes.Project(call, one, simple));
    }

    public static Task One(GitLabCall call, string[] path) =>
        With(call, path, one => call.Answer(200, GitLabShapes.Project(call, one, simple: false)));

    public static Task Branches(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async one =>
            {
                var lines = await Git.Git.Run(
                    call.Host.Bare.PathOf(one.FullPath),
                    "for-each-ref",
                    "--format=%(objectname) %(refname:short)",
                    "refs/heads"
                );
                await call.Page(
                    lines.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    line => new JsonObject
                    {
                        ["name"] = line[41..],
                        ["default"] = line[41..] == one.DefaultBranch,
                        ["protected"] = line[41..] == one.DefaultBranch,
                        ["commit"] = new JsonObject { ["id"] = line[..40], ["short_id"] = line[..8] },
                    }
                );
            }
        );

    /// <summary>The project the path names, by its id or by its path, or 404.</summary>
    public static Task With(GitLabCall call, string[] path, Func<GitLabProject, Task> serve)
    {
        var one = call.Host.Projects.GetValueOrDefault(path[0]);
        one ??= call.Host.Projects.Values.FirstOrDefault(other => other.Id.ToString() == path[0]);
        return one is not null ? serve(one) : call.Refuse(404, "404 Project Not Found");
    }
}
