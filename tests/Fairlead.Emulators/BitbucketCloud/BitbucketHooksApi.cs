using System.Text.Json.Nodes;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>Webhooks of a repository. The API tells nothing of what they delivered.</summary>
internal static class BitbucketHooksApi
{
    private const int LongestSecret = 128;
    private static readonly string[] Fields = ["description", "url", "active", "secret", "events"];

    private static readonly string[] Known =
    [
        "repo:push",
        "repo:fork",
        "repo:updated",
        "repo:transfer",
        "repo:created",
        "repo:deleted",
        "repo:commit_comment_created",
        "repo:commit_status_created",
        "repo:commit_status_updated",
        "pullrequest:created",
        "pullrequest:updated",
        "pullrequest:push",
        "pullrequest:approved",
        "pullrequest:unapproved",
        "pullrequest:fulfilled",
        "pullrequest:rejected",
        "pullrequest:comment_created",
    ];

    public static Task All(BitbucketCall call, string[] path) =>
        Kept(call, path, one => call.Page([.. one.Hooks], hook => BitbucketShapes.Hook(call.Host, one, hook)));

    public static Task One(BitbucketCall call, string[] path) =>
        With(call, path, (one, hook) => call.Answer(200, BitbucketShapes.Hook(call.Host, one, hook)));

    /// <summary>A second hook for the same address is no error.</summary>
    public static Task Create(BitbucketCall call, string[] path) =>
        Kept(
            call,
            path,
            async one =>
            {
                var hook = new BitbucketHook();
                if (!await Take(call, hook))
                    return;
                lock (one.Hooks)
                    one.Hooks.Add(hook);
                await call.Answer(201, BitbucketShapes.Hook(call.Host, one, hook));
            }
        );

    public static Task Change(BitbucketCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                if (await Take(call, hook))
                    await call.Answer(200, BitbucketShapes.Hook(call.Host, one, hook));
            }
        );

    public static Task Delete(BitbucketCall call, string[] path) =>
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

    /// <summary>What is left out is as it was; a secret is taken away by nothing in its place.</summary>
    private static async Task<bool> Take(BitbucketCall call, BitbucketHook hook)
    {
        if (!await call.Read(Fields))
            return false;
        var url = (string?)call.Body["url"] ?? hook.Url;
        var events = (call.Body["events"] as JsonArray)?.Select(name => (string)name!).ToList() ?? hook.Events;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var to) || (to.IsLoopback && !call.Host.AllowsLocalHooks))
            await call.Wrong("url", "Enter a valid URL.");
        else if (events.Count == 0 || events.Except(Known).Any())
            await call.Wrong("events", "Select a valid choice.");
        else if (((string?)call.Body["secret"])?.Length > LongestSecret)
            await call.Wrong("secret", $"Ensure this value has at most {LongestSecret} characters.");
        else if (events.Any(name => name.StartsWith("pullrequest")) && !call.Token!.Has("read:pullrequest:bitbucket"))
            await BitbucketRoutes.Lacks(call, ["read:pullrequest:bitbucket"]);
        else
        {
            (hook.Url, hook.Events) = (url, events);
            hook.Active = (bool?)call.Body["active"] ?? hook.Active;
            hook.Description = (string?)call.Body["description"] ?? hook.Description;
            if (call.Body.ContainsKey("secret"))
                hook.Secret = (string?)call.Body["secret"];
            return true;
        }
        return false;
    }

    /// <summary>Only administrators of the repository.</summary>
    private static Task Kept(BitbucketCall call, string[] path, Func<BitbucketRepository, Task> serve) =>
        BitbucketRepositoriesApi.With(
            call,
            path,
            one =>
                call.Token!.Email is null || one.Administrators.Contains(call.Token.Login)
                    ? serve(one)
                    : call.Refuse(403, "Your credentials lack one or more required privileges.")
        );

    private static Task With(BitbucketCall call, string[] path, Func<BitbucketRepository, BitbucketHook, Task> serve) =>
        Kept(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Uuid == path[2]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, $"{path[2]} does not exist")
        );
}
