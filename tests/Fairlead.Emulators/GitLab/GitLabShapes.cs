using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitLab;

/// <summary>Things as the API shows them, with the fields that its documents and recordings have.</summary>
internal static class GitLabShapes
{
    public static JsonObject User(GitLabHost host, string username) =>
        new()
        {
            ["id"] = 7,
            ["username"] = username,
            ["name"] = username,
            ["state"] = "active",
            ["web_url"] = $"{host.Url}{username}",
            ["email"] = $"{username}@example.org",
        };

    public static JsonObject Token(GitLabToken token)
    {
        var shown = new JsonObject
        {
            ["id"] = token.Id,
            ["name"] = "fairlead",
            ["revoked"] = token.IsRevoked,
            ["created_at"] = "2026-01-01T00:00:00.000Z",
            ["scopes"] = new JsonArray([.. token.Scopes.Select(scope => (JsonNode)scope)]),
            ["user_id"] = 7,
            ["last_used_at"] = null,
            ["active"] = true,
            ["expires_at"] = token.ExpiresAt?.ToString("yyyy-MM-dd"),
        };
        if (token.IsFineGrained)
            shown["granular_scopes"] = new JsonArray(
                new JsonObject { ["access"] = "all_memberships", ["permissions"] = new JsonArray("read_project") }
            );
        return shown;
    }

    public static JsonObject Project(GitLabCall call, GitLabProject one, bool simple)
    {
        var page = $"{call.Host.Url}{one.FullPath}";
        var shown = new JsonObject
        {
            ["id"] = one.Id,
            ["description"] = null,
            ["name"] = one.Path,
            ["name_with_namespace"] = one.FullPath.Replace("/", " / "),
            ["path"] = one.Path,
            ["path_with_namespace"] = one.FullPath,
            ["created_at"] = "2026-01-01T00:00:00.000Z",
            ["default_branch"] = one.DefaultBranch,
            ["ssh_url_to_repo"] = $"git@{call.Host.Url.Host}:{one.FullPath}.git",
            ["http_url_to_repo"] = page + ".git",
            ["web_url"] = page,
            ["last_activity_at"] = "2026-01-01T00:00:00.000Z",
        };
        if (simple)
            return shown;
        shown["visibility"] = one.IsPublic ? "public" : "private";
        shown["archived"] = one.IsArchived;
        shown["permissions"] = new JsonObject
        {
            ["project_access"] = new JsonObject { ["access_level"] = call.Token!.AccessLevel },
            ["group_access"] = null,
        };
        return shown;
    }

    public static JsonObject Hook(GitLabHost host, GitLabProject one, GitLabHook hook) =>
        new()
        {
            ["id"] = hook.Id,
            ["url"] = hook.Url,
            ["project_id"] = one.Id,
            ["created_at"] = "2026-01-01T00:00:00.000Z",
            ["push_events"] = hook.Push,
            ["tag_push_events"] = hook.TagPush,
            ["merge_requests_events"] = hook.MergeRequests,
            ["push_events_branch_filter"] = hook.BranchFilter,
            ["branch_filter_strategy"] = "wildcard",
            ["enable_ssl_verification"] = hook.VerifiesTls,
            ["custom_webhook_template"] = hook.Template,
            ["alert_status"] = hook.AlertStatus(host.Time.GetUtcNow()),
            ["disabled_until"] = hook.DisabledUntil?.ToString("O"),
            ["token_present"] = !string.IsNullOrEmpty(hook.Token),
            ["signing_token_present"] = !string.IsNullOrEmpty(hook.SigningToken),
        };

    public static JsonObject Event(GitLabHook hook, GitLabDelivery sent) =>
        new()
        {
            ["id"] = sent.Id,
            ["url"] = hook.Url,
            ["trigger"] = sent.Event == "Push Hook" ? "push_hooks" : "tag_push_hooks",
            ["request_headers"] = new JsonObject(
                sent.Headers.Select(pair => new KeyValuePair<string, JsonNode?>(
                    pair.Key,
                    pair.Key == "X-Gitlab-Token" ? "[REDACTED]" : pair.Value
                ))
            ),
            ["request_data"] = JsonNode.Parse(sent.Body),
            ["response_headers"] = new JsonObject(),
            ["response_body"] = "",
            ["execution_duration"] = 0.01,
            ["response_status"] = sent.Status == 0 ? "internal error" : sent.Status.ToString(),
        };

    public static JsonObject Status(GitLabCall call, GitLabStatus status) =>
        new()
        {
            ["id"] = status.Id,
            ["sha"] = status.Commit,
            ["ref"] = "main",
            ["status"] = status.State,
            ["name"] = status.Name,
            ["target_url"] = status.TargetUrl,
            ["description"] = status.Description,
            ["created_at"] = "2026-01-01T00:00:00.000Z",
            ["allow_failure"] = false,
            ["coverage"] = null,
            ["author"] = User(call.Host, call.Token!.Username),
        };
}
