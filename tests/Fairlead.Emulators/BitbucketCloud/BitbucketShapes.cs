using System.Text.Json.Nodes;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>Things as the API and the deliveries show them.</summary>
internal static class BitbucketShapes
{
    private const string Then = "2026-01-02T03:04:05.678901+00:00";

    public static JsonObject User(BitbucketHost host, string login) =>
        new()
        {
            ["type"] = "user",
            ["display_name"] = $"The person {login}",
            ["nickname"] = login,
            ["username"] = login,
            ["account_id"] = $"557058:{login}",
            ["uuid"] = $"{{00000000-0000-4000-8000-{login.Sum(sign => sign):000000000000}}}",
            ["account_status"] = "active",
            ["created_on"] = Then,
            ["links"] = new JsonObject { ["self"] = Link($"{host.Url}2.0/users/{login}") },
        };

    /// <summary>Others are never told a user's name for signing in.</summary>
    public static JsonObject Actor(BitbucketHost host, string login)
    {
        var user = User(host, login);
        user.Remove("username");
        return user;
    }

    public static JsonObject Access(BitbucketHost host, string slug, string uuid) =>
        new()
        {
            ["type"] = "workspace_access",
            ["administrator"] = true,
            ["workspace"] = new JsonObject
            {
                ["type"] = "workspace_base",
                ["uuid"] = uuid,
                ["slug"] = slug,
                ["links"] = new JsonObject { ["self"] = Link($"{host.Url}2.0/workspaces/{slug}") },
            },
        };

    public static JsonObject Repository(BitbucketHost host, BitbucketRepository one)
    {
        var shape = Named(host, one);
        shape["slug"] = one.Slug;
        shape["scm"] = "git";
        shape["is_private"] = one.IsPrivate;
        shape["description"] = "";
        shape["created_on"] = Then;
        shape["updated_on"] = Then;
        shape["size"] = 4096;
        shape["language"] = "";
        shape["has_wiki"] = false;
        shape["has_issues"] = false;
        shape["fork_policy"] = "allow_forks";
        shape["mainbranch"] = new JsonObject { ["type"] = "branch", ["name"] = one.DefaultBranch };
        shape["links"]!["clone"] = new JsonArray(
            new JsonObject { ["name"] = "https", ["href"] = host.UrlOf(one.FullName).ToString() },
            new JsonObject { ["name"] = "ssh", ["href"] = $"git@{host.Url.Host}:{one.FullName}.git" }
        );
        return shape;
    }

    /// <summary>As deliveries show it: without clone addresses and default branch.</summary>
    public static JsonObject Named(BitbucketHost host, BitbucketRepository one) =>
        new()
        {
            ["type"] = "repository",
            ["uuid"] = one.Uuid,
            ["full_name"] = one.FullName,
            ["name"] = one.Slug,
            ["links"] = new JsonObject
            {
                ["self"] = Link($"{host.Url}2.0/repositories/{one.FullName}"),
                ["html"] = Link($"{host.Url}{one.FullName}"),
            },
        };

    public static JsonObject Hook(BitbucketHost host, BitbucketRepository one, BitbucketHook hook) =>
        new()
        {
            ["type"] = "webhook_subscription",
            ["uuid"] = hook.Uuid,
            ["url"] = hook.Url,
            ["description"] = hook.Description,
            ["subject_type"] = "repository",
            ["subject"] = Named(host, one),
            ["active"] = hook.Active,
            ["created_at"] = Then,
            ["events"] = new JsonArray([.. hook.Events.Select(name => (JsonNode)name)]),
            ["secret_set"] = !string.IsNullOrEmpty(hook.Secret),
        };

    public static JsonObject Status(BitbucketHost host, BitbucketRepository one, BitbucketStatus status)
    {
        var commit = $"{host.Url}2.0/repositories/{one.FullName}/commit/{status.Commit}";
        return new JsonObject
        {
            ["type"] = "build",
            ["key"] = status.Key,
            ["name"] = status.Name,
            ["state"] = status.State,
            ["description"] = status.Description,
            ["url"] = status.Url,
            ["created_on"] = Then,
            ["updated_on"] = Then,
            ["links"] = new JsonObject
            {
                ["self"] = Link($"{commit}/statuses/build/{Uri.EscapeDataString(status.Key)}"),
                ["commit"] = Link(commit),
            },
        };
    }

    public static JsonObject Link(string href) => new() { ["href"] = href };
}
