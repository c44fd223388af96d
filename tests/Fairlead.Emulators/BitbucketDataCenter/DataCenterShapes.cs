using System.Text.Json.Nodes;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>Things as the API and the deliveries show them.</summary>
internal static class DataCenterShapes
{
    private const long Then = 1767323045000;

    public static JsonObject Actor(DataCenterHost host, string user) =>
        new()
        {
            ["name"] = user,
            ["emailAddress"] = $"{user}@example.com",
            ["id"] = user.Sum(sign => sign),
            ["displayName"] = $"The person {user}",
            ["active"] = true,
            ["slug"] = user,
            ["type"] = "NORMAL",
            ["links"] = Self($"{host.Url}users/{user}"),
        };

    public static JsonObject Project(DataCenterHost host, string key) =>
        new()
        {
            ["key"] = key,
            ["id"] = key.Sum(sign => sign),
            ["name"] = key,
            ["public"] = false,
            ["type"] = key.StartsWith('~') ? "PERSONAL" : "NORMAL",
            ["links"] = Self($"{host.Url}projects/{key}"),
        };

    public static JsonObject Repository(DataCenterHost host, DataCenterRepository one)
    {
        var links = Self($"{host.Url}projects/{one.Key}/repos/{one.Slug}/browse");
        links["clone"] = new JsonArray(
            new JsonObject
            {
                ["href"] = $"ssh://git@{host.Url.Host}:7999/{one.FullName.ToLowerInvariant()}.git",
                ["name"] = "ssh",
            },
            new JsonObject { ["href"] = host.UrlOf(one.FullName).ToString(), ["name"] = "http" }
        );
        return new JsonObject
        {
            ["slug"] = one.Slug,
            ["id"] = one.Id,
            ["name"] = one.Slug,
            ["hierarchyId"] = "e3c939f9ef4a7fae272e",
            ["scmId"] = "git",
            ["state"] = "AVAILABLE",
            ["statusMessage"] = "Available",
            ["forkable"] = true,
            ["project"] = Project(host, one.Key),
            ["public"] = one.IsPublic,
            ["archived"] = one.IsArchived,
            ["links"] = links,
        };
    }

    /// <summary>The secret is not shown: releases differ in that, and none of ours may rest on it.</summary>
    public static JsonObject Hook(DataCenterHost host, DataCenterHook hook) =>
        new()
        {
            ["id"] = hook.Id,
            ["name"] = hook.Name,
            ["createdDate"] = Date(host),
            ["updatedDate"] = Date(host),
            ["events"] = new JsonArray([.. hook.Events.Select(name => (JsonNode)name)]),
            ["configuration"] = new JsonObject(),
            ["url"] = hook.Url,
            ["active"] = hook.Active,
            ["scopeType"] = "repository",
            ["sslVerificationRequired"] = true,
        };

    public static JsonObject Status(DataCenterHost host, DataCenterStatus status) =>
        new()
        {
            ["key"] = status.Key,
            ["name"] = status.Name,
            ["state"] = status.State,
            ["url"] = status.Url,
            ["createdDate"] = Date(host),
            ["updatedDate"] = Date(host),
        };

    private static JsonNode Date(DataCenterHost host) =>
        host.WritesDatesAsText
            ? DateTimeOffset.FromUnixTimeMilliseconds(Then).ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'")
            : Then;

    private static JsonObject Self(string href) =>
        new() { ["self"] = new JsonArray(new JsonObject { ["href"] = href }) };
}
