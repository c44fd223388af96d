using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitLab;

/// <summary>Tokens of one project that open its git and nothing else. The value is told once.</summary>
internal static class GitLabDeployTokensApi
{
    private static readonly string[] Scopes = ["read_repository", "read_registry", "write_registry"];

    public static Task Create(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("name", "scopes", "expires_at", "username"))
                    return;
                var scopes = (call.Body["scopes"] as JsonArray)?.Select(scope => (string)scope!).ToList() ?? [];
                if ((string?)call.Body["name"] is not { Length: > 0 } name || scopes.Count == 0)
                    await call.Wrong(400, "name is missing, scopes is missing");
                else if (scopes.Except(Scopes).Any())
                    await call.Wrong(400, "scopes does not have a valid value");
                else
                    await Create(call, one, name, scopes);
            }
        );

    private static async Task Create(GitLabCall call, GitLabProject one, string name, List<string> scopes)
    {
        var id = call.Host.NextId();
        var made = new GitLabDeployToken(
            id,
            name,
            (string?)call.Body["username"] ?? $"gitlab+deploy-token-{id}",
            "gldt-" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20),
            scopes,
            (string?)call.Body["expires_at"] is { } end ? DateTimeOffset.Parse(end) : null
        );
        lock (one.DeployTokens)
            one.DeployTokens.Add(made);
        call.Host.DeployTokensMade++;
        await call.Answer(
            201,
            new JsonObject
            {
                ["id"] = made.Id,
                ["name"] = made.Name,
                ["username"] = made.Username,
                ["expires_at"] = made.ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
                ["token"] = made.Value,
                ["revoked"] = false,
                ["expired"] = false,
                ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
            }
        );
    }

    public static Task Delete(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            one =>
            {
                lock (one.DeployTokens)
                    return one.DeployTokens.RemoveAll(token => $"{token.Id}" == path[1]) > 0
                        ? call.Answer(204, null)
                        : call.Refuse(404, "404 Not Found");
            }
        );
}
