using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fairlead.Emulators.GitHub;

/// <summary>What an App does with its key: who it is, where it is installed, tokens for there.</summary>
internal static class GitHubAppsApi
{
    public static bool Has(string path) => path == "app" || path.StartsWith("app/");

    public static async Task Answer(GitHubCall call)
    {
        var (app, refusal) = GitHubJwt.Check(call.Host, GitHubCall.TokenOf(call.Request));
        if (app is null)
            await call.Refuse(401, refusal);
        else if (call is { Path: "app", Request.Method: "GET" })
            await call.Answer(200, Shape(call.Host, app));
        else if (call is { Path: "app/installations", Request.Method: "GET" })
            await call.Page(Of(call, app), one => Shape(call.Host, one));
        else if (Regex.Match(call.Path, @"^app/installations/(\d+)(/access_tokens)?$") is { Success: true } found)
            await Installation(call, app, long.Parse(found.Groups[1].Value), found.Groups[2].Success);
        else
        {
            call.Host.Violation($"route {call.Request.Method} {call.Path}");
            await call.Refuse(404, "Not Found");
        }
    }

    public static Task TakeBack(GitHubCall call, string[] path)
    {
        call.Token!.IsRevoked = true;
        return call.Answer(204, null);
    }

    private static async Task Installation(GitHubCall call, GitHubApp app, long id, bool tokens)
    {
        if (Of(call, app).FirstOrDefault(installation => installation.Id == id) is not { } one)
            await call.Refuse(404, "Not Found");
        else if (tokens && call.Request.Method == "POST")
            await Mint(call, one);
        else if (!tokens && call.Request.Method == "GET")
            await call.Answer(200, Shape(call.Host, one));
        else
            await call.Refuse(404, "Not Found");
    }

    private static async Task Mint(GitHubCall call, GitHubInstallation one)
    {
        if (one.SuspendedAt is not null)
            await call.Refuse(403, "This installation has been suspended");
        else if (
            call.Request.ContentLength is null or 0
            || await call.Read(["repositories", "repository_ids", "permissions", .. Names(one)])
        )
            await Mint(call, one, Chosen(call), Wished(call));
    }

    private static IEnumerable<string> Names(GitHubInstallation one) =>
        one.App.Permissions.Keys.Select(name => $"permissions.{name}");

    private static async Task Mint(
        GitHubCall call,
        GitHubInstallation one,
        IReadOnlyList<long>? chosen,
        Dictionary<string, string> wished
    )
    {
        var reached = call.Host.Repositories.Values.Where(repository =>
            string.Equals(repository.Owner, one.Account, StringComparison.OrdinalIgnoreCase)
            && (one.Selected?.Contains(repository.Id) ?? true)
        );
        if (chosen is not null && (chosen.Count == 0 || chosen.Except(reached.Select(each => each.Id)).Any()))
        {
            await call.Refuse(422, "There is at least one repository that does not exist or is not accessible.");
            return;
        }
        if (wished.Any(wish => !IsWithin(wish.Value, one.Permissions.GetValueOrDefault(wish.Key))))
        {
            await call.Refuse(422, "The permissions requested are not granted to this installation.");
            return;
        }
        var granted = wished.Count == 0 ? one.Permissions : With(wished);
        var token = call.Host.AddToken(
            new GitHubToken(Value(call, one), $"{one.App.Slug}[bot]")
            {
                Scopes = null,
                Permissions = [.. granted.Select(each => $"{each.Key}={each.Value}")],
                Only = chosen ?? one.Selected,
                Installation = one,
                Remaining = call.Host.Limit,
                ExpiresAt = call.Host.Time.GetUtcNow() + call.Host.TokenLife,
            }
        );
        var answer = new JsonObject
        {
            ["token"] = token.Value,
            ["expires_at"] = token.ExpiresAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["permissions"] = Of(granted),
            ["repository_selection"] = token.Only is null ? "all" : "selected",
        };
        if (chosen is not null)
            answer["repositories"] = new JsonArray([
                .. reached
                    .Where(each => chosen.Contains(each.Id))
                    .Select(each => (JsonNode)GitHubShapes.Repository(call.Host, each)),
            ]);
        await call.Answer(201, answer);
    }

    private static Dictionary<string, string> With(Dictionary<string, string> wished) =>
        new(wished) { ["metadata"] = "read" };

    private static IReadOnlyList<long>? Chosen(GitHubCall call) =>
        call.Body["repository_ids"] is JsonArray ids ? [.. ids.Select(id => (long)id!)]
        : call.Body["repositories"] is JsonArray names
            ?
            [
                .. names.Select(name =>
                    call.Host.Repositories.Values.FirstOrDefault(one => one.Name == (string?)name)?.Id ?? -1
                ),
            ]
        : null;

    private static Dictionary<string, string> Wished(GitHubCall call) =>
        call.Body["permissions"] is JsonObject wished
            ? wished.ToDictionary(one => one.Key, one => (string?)one.Value ?? "")
            : [];

    private static bool IsWithin(string wished, string? held) =>
        wished is "read" or "write" && (held == wished || held is "write" or "admin");

    /// <summary>40 characters, or the long shape; a client may ask for either while both exist.</summary>
    private static string Value(GitHubCall call, GitHubInstallation one) =>
        call.Request.Headers["X-GitHub-Stateless-S2S-Token"].ToString() switch
        {
            "enabled" => Long(one),
            "disabled" => Short(),
            _ => call.Host.LongTokens ? Long(one) : Short(),
        };

    private static string Short() =>
        "ghs_" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 36);

    private static string Long(GitHubInstallation one)
    {
        var start = $"ghs_{one.App.Id}_";
        return start + "eyJ" + RandomNumberGenerator.GetString("abcdefgh-_.XYZ0123456789", 520 - 3 - start.Length);
    }

    private static List<GitHubInstallation> Of(GitHubCall call, GitHubApp app) =>
        [.. call.Host.Installations.Where(one => one.App == app)];

    internal static JsonObject Shape(GitHubHost host, GitHubApp app) =>
        new()
        {
            ["id"] = app.Id,
            ["slug"] = app.Slug,
            ["client_id"] = app.ClientId,
            ["node_id"] = $"A_{app.Id}",
            ["owner"] = GitHubShapes.User(host, app.Owner),
            ["name"] = app.Name,
            ["description"] = null,
            ["external_url"] = "https://example.com",
            ["html_url"] = $"{host.Url}apps/{app.Slug}",
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["updated_at"] = "2026-01-02T03:04:05Z",
            ["permissions"] = Of(app.Permissions),
            ["events"] = new JsonArray(),
            ["installations_count"] = host.Installations.Count(one => one.App == app),
        };

    private static JsonObject Shape(GitHubHost host, GitHubInstallation one) =>
        new()
        {
            ["id"] = one.Id,
            ["client_id"] = one.App.ClientId,
            ["account"] = GitHubShapes.User(host, one.Account),
            ["repository_selection"] = one.Selected is null ? "all" : "selected",
            ["access_tokens_url"] = $"{host.Url}api/v3/app/installations/{one.Id}/access_tokens",
            ["repositories_url"] = $"{host.Url}api/v3/installation/repositories",
            ["html_url"] = $"{host.Url}organizations/{one.Account}/settings/installations/{one.Id}",
            ["app_id"] = one.App.Id,
            ["app_slug"] = one.App.Slug,
            ["target_id"] = 1,
            ["target_type"] = "Organization",
            ["permissions"] = Of(one.Permissions),
            ["events"] = new JsonArray(),
            ["single_file_name"] = null,
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["updated_at"] = "2026-01-02T03:04:05Z",
            ["suspended_at"] = one.SuspendedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["suspended_by"] = one.SuspendedAt is null ? null : GitHubShapes.User(host, one.Account),
        };

    private static JsonObject Of(IReadOnlyDictionary<string, string> permissions) =>
        new([.. permissions.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))]);
}
