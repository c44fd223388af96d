using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitHub;

/// <summary>Webhooks of a repository, and what they delivered.</summary>
internal static class GitHubHooksApi
{
    private static readonly string[] Fields =
    [
        "name",
        "active",
        "events",
        "config",
        "config.url",
        "config.content_type",
        "config.secret",
        "config.insecure_ssl",
    ];

    private static readonly string[] Known = ["*", "push", "pull_request", "create", "delete", "release", "ping"];

    public static Task All(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            one => call.Page([.. one.Hooks], hook => GitHubShapes.Hook(call.Host, one, hook))
        );

    public static Task One(GitHubCall call, string[] path) =>
        With(call, path, (one, hook) => call.Answer(200, GitHubShapes.Hook(call.Host, one, hook)));

    public static Task Create(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read(Fields))
                    return;
                var hook = new GitHubHook(call.Host.NextId());
                if (call.Body["name"] is { } name && (string?)name != "web")
                    await call.Refuse(422, "Validation Failed", "Name must be 'web'");
                else if (Wrong(call.Body, hook) is { } wrong)
                    await call.Refuse(422, "Validation Failed", wrong);
                else if (one.Hooks.Any(other => other.Url == hook.Url && other.ContentType == hook.ContentType))
                    await call.Refuse(422, "Validation Failed", "Hook already exists on this repository");
                else
                {
                    lock (one.Hooks)
                        one.Hooks.Add(hook);
                    await call.Answer(201, GitHubShapes.Hook(call.Host, one, hook));
                    await call.Host.Deliverer.Ping(one, hook);
                }
            }
        );

    public static Task Change(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                if (!await call.Read([.. Fields, "add_events", "remove_events"]))
                    return;
                if (Wrong(call.Body, hook) is { } wrong)
                    await call.Refuse(422, "Validation Failed", wrong);
                else
                    await call.Answer(200, GitHubShapes.Hook(call.Host, one, hook));
            }
        );

    public static Task Delete(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            (one, hook) =>
            {
                lock (one.Hooks)
                    one.Hooks.Remove(hook);
                return call.Answer(204, null);
            }
        );

    public static Task Ping(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                await call.Answer(204, null);
                await call.Host.Deliverer.Ping(one, hook);
            }
        );

    public static Task Deliveries(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            (_, hook) =>
            {
                lock (hook.Deliveries)
                    return call.PageByCursor(
                        [.. hook.Deliveries.OrderByDescending(sent => sent.Id)],
                        sent => sent.Id,
                        GitHubShapes.Delivery
                    );
            }
        );

    public static Task Delivery(GitHubCall call, string[] path) =>
        With(
            call,
            path,
            (_, hook) =>
            {
                lock (hook.Deliveries)
                    return hook.Deliveries.Find(one => one.Id.ToString() == path[3]) is { IsForgotten: false } sent
                        ? call.Answer(200, GitHubShapes.Sent(hook, sent))
                        : call.Refuse(404, "Not Found");
            }
        );

    private static Task With(GitHubCall call, string[] path, Func<GitHubRepository, GitHubHook, Task> serve) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Id.ToString() == path[2]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, "Not Found")
        );

    /// <summary>Writes what was given into the hook; the reason when something of it will not do.</summary>
    private static string? Wrong(JsonObject body, GitHubHook hook)
    {
        var config = body["config"] as JsonObject ?? [];
        var url = (string?)config["url"] ?? hook.Url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return "url is missing or not valid";
        var events = (body["events"] as JsonArray)?.Select(name => (string)name!).ToList() ?? hook.Events;
        if (events.Find(name => !Known.Contains(name)) is { } odd)
            return $"{odd} is not a valid event";
        var type = (string?)config["content_type"] ?? hook.ContentType;
        if (type is not ("json" or "form"))
            return "content_type must be json or form";
        (hook.Url, hook.Events, hook.ContentType) = (url, events, type);
        hook.InsecureSsl = (string?)config["insecure_ssl"] ?? hook.InsecureSsl;
        hook.Active = (bool?)body["active"] ?? hook.Active;
        // A change that gives a config without a secret takes the secret away.
        if (body.ContainsKey("config"))
            hook.Secret = (string?)config["secret"];
        return null;
    }
}
