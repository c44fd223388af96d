using System.Text.Json.Nodes;

namespace Fairlead.Emulators.Gitea;

/// <summary>Things as the API and the deliveries show them.</summary>
internal static class GiteaShapes
{
    private const string Then = "2026-01-02T03:04:05Z";

    private const string Zeros = "size stars_count forks_count watchers_count open_issues_count open_pr_counter";

    private const string Falses = "fork template mirror internal has_wiki has_packages has_actions";

    public static JsonObject User(GiteaHost host, string login) =>
        new()
        {
            ["id"] = login.Sum(sign => sign),
            ["login"] = login,
            ["login_name"] = "",
            ["source_id"] = 0,
            ["full_name"] = "",
            ["email"] = $"{login}@noreply.example.org",
            ["avatar_url"] = $"{host.Root}avatars/{login}",
            ["html_url"] = $"{host.Root}{login}",
            ["language"] = "",
            ["is_admin"] = false,
            ["created"] = Then,
            ["active"] = false,
            ["prohibit_login"] = false,
            ["visibility"] = "public",
            ["username"] = login,
        };

    /// <param name="login">Whose rights are shown.</param>
    public static JsonObject Repository(GiteaHost host, GiteaRepository one, string login)
    {
        var page = $"{host.Root}{one.FullName}";
        var shape = new JsonObject
        {
            ["id"] = one.Id,
            ["owner"] = User(host, one.Owner),
            ["name"] = one.Name,
            ["full_name"] = one.FullName,
            ["description"] = "",
            ["empty"] = false,
            ["private"] = one.IsPrivate,
            ["parent"] = null,
            ["html_url"] = page,
            ["url"] = $"{host.Root}api/v1/repos/{one.FullName}",
            ["ssh_url"] = $"git@{host.Root.Host}:{one.FullName}.git",
            ["clone_url"] = $"{page}.git",
            ["default_branch"] = one.DefaultBranch,
            ["archived"] = one.IsArchived,
            ["created_at"] = Then,
            ["updated_at"] = Then,
            ["object_format_name"] = "sha1",
            ["permissions"] = new JsonObject
            {
                ["admin"] = one.Administrators.Contains(login),
                ["push"] = one.Writers.Contains(login),
                ["pull"] = true,
            },
        };
        foreach (var name in Zeros.Split(' '))
            shape[name] = 0;
        foreach (var name in Falses.Split(' '))
            shape[name] = false;
        return shape;
    }

    public static JsonObject Hook(GiteaHook hook) =>
        new()
        {
            ["id"] = hook.Id,
            ["type"] = hook.Type,
            ["branch_filter"] = hook.BranchFilter,
            ["config"] = new JsonObject { ["content_type"] = hook.ContentType, ["url"] = hook.Url },
            ["events"] = new JsonArray([.. hook.Events.Select(name => (JsonNode)name)]),
            ["authorization_header"] = "",
            ["active"] = hook.Active,
            ["updated_at"] = Then,
            ["created_at"] = Then,
        };

    public static JsonObject Status(GiteaHost host, GiteaRepository one, GiteaStatus status) =>
        new()
        {
            ["id"] = 1,
            ["status"] = status.State,
            ["target_url"] = status.TargetUrl,
            ["description"] = status.Description,
            ["url"] = $"{host.Root}api/v1/repos/{one.FullName}/statuses/{status.Commit}",
            ["context"] = status.Context,
            ["creator"] = User(host, one.Owner),
            ["created_at"] = Then,
            ["updated_at"] = Then,
        };
}
