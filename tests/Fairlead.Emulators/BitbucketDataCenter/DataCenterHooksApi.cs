using System.Text.Json.Nodes;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>Webhooks of a repository.</summary>
internal static class DataCenterHooksApi
{
    private static readonly string[] Fields =
    [
        "name",
        "url",
        "active",
        "events",
        "configuration",
        "sslVerificationRequired",
        "credentials",
    ];

    private static readonly string[] Known =
    [
        "repo:refs_changed",
        "repo:modified",
        "repo:forked",
        "repo:secret_detected",
        "mirror:repo_synchronized",
        "pr:opened",
        "pr:from_ref_updated",
        "pr:modified",
        "pr:merged",
        "pr:declined",
        "pr:deleted",
        "pr:comment:added",
    ];

    public static Task All(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            one => call.Page([.. one.Hooks], _ => true, hook => DataCenterShapes.Hook(call.Host, hook))
        );

    public static Task One(DataCenterCall call, string[] path) =>
        With(call, path, (_, hook) => call.Answer(200, DataCenterShapes.Hook(call.Host, hook)));

    /// <summary>A second hook for the same address is no error.</summary>
    public static Task Create(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                var hook = new DataCenterHook(call.Host.NextId());
                if (!await Take(call, hook))
                    return;
                lock (one.Hooks)
                    one.Hooks.Add(hook);
                await call.Answer(201, DataCenterShapes.Hook(call.Host, hook));
            }
        );

    public static Task Change(DataCenterCall call, string[] path) =>
        With(
            call,
            path,
            async (_, hook) =>
            {
                if (await Take(call, hook))
                    await call.Answer(200, DataCenterShapes.Hook(call.Host, hook));
            }
        );

    public static Task Delete(DataCenterCall call, string[] path) =>
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

    /// <summary>The button "Test connection": what the other side answered is told.</summary>
    public static Task Test(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            async _ =>
            {
                var status = await call.Host.Deliverer.Ping((string)call.Request.Query["url"]!);
                await call.Answer(200, new JsonObject { ["response"] = new JsonObject { ["statusCode"] = status } });
            }
        );

    /// <summary>What is left out of the body is as it was.</summary>
    private static async Task<bool> Take(DataCenterCall call, DataCenterHook hook)
    {
        if (!await call.Read(Fields))
            return false;
        var url = (string?)call.Body["url"] ?? hook.Url;
        var events = (call.Body["events"] as JsonArray)?.Select(name => (string)name!).ToList() ?? hook.Events;
        hook.Name = (string?)call.Body["name"] ?? hook.Name;
        if (hook.Name.Length == 0 || !Uri.TryCreate(url, UriKind.Absolute, out _) || events.Except(Known).Any())
        {
            await call.Refuse(400, "The webhook is not valid.", "validation.ArgumentValidationException");
            return false;
        }
        (hook.Url, hook.Events) = (url, events);
        hook.Active = (bool?)call.Body["active"] ?? hook.Active;
        hook.Secret = (string?)call.Body["configuration"]?["secret"] ?? hook.Secret;
        return true;
    }

    private static Task With(
        DataCenterCall call,
        string[] path,
        Func<DataCenterRepository, DataCenterHook, Task> serve
    ) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Id.ToString() == path[2]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, "There is no such webhook.", "webhook.NoSuchWebhookException")
        );
}
