using System.Text.Json.Nodes;

namespace Fairlead.Emulators.Codeup;

/// <summary>Webhooks of a repository. The API tells nothing of what they delivered.</summary>
internal static class CodeupHooksApi
{
    private const int LongestUrl = 1024;
    private const int MayKeepHooks = 40;

    public static Task All(CodeupCall call, string[] path) => Kept(call, path, one => call.Page([.. one.Hooks], Shape));

    public static Task One(CodeupCall call, string[] path) =>
        With(call, path, (_, hook) => call.Answer(200, Shape(hook)));

    /// <summary>A second hook for the same address is no error.</summary>
    public static Task Create(CodeupCall call, string[] path) =>
        Kept(
            call,
            path,
            async one =>
            {
                var hook = new CodeupHook(call.Host.NextId());
                if (!await Take(call, hook))
                    return;
                lock (one.Hooks)
                    one.Hooks.Add(hook);
                await call.Answer(200, Shape(hook));
            }
        );

    public static Task Change(CodeupCall call, string[] path) =>
        With(
            call,
            path,
            async (_, hook) =>
            {
                if (await Take(call, hook))
                    await call.Answer(200, Shape(hook));
            }
        );

    public static Task Delete(CodeupCall call, string[] path) =>
        With(
            call,
            path,
            (one, hook) =>
            {
                lock (one.Hooks)
                    one.Hooks.Remove(hook);
                return call.Answer(200, new JsonObject { ["result"] = true });
            }
        );

    private static async Task<bool> Take(CodeupCall call, CodeupHook hook)
    {
        if (
            !await call.Read(
                "url",
                "description",
                "token",
                "pushEvents",
                "tagPushEvents",
                "mergeRequestsEvents",
                "noteEvents",
                "enableSslVerification"
            )
        )
            return false;
        var url = (string?)call.Body["url"] ?? "";
        if (url.Length is 0 or > LongestUrl)
        {
            await call.Refuse(400, "BadRequest");
            return false;
        }
        bool Is(string name) => (bool?)call.Body[name] == true;
        (hook.Url, hook.Description) = (url, (string?)call.Body["description"] ?? "");
        hook.Token = (string?)call.Body["token"] ?? "";
        (hook.PushEvents, hook.TagPushEvents) = (Is("pushEvents"), Is("tagPushEvents"));
        (hook.MergeRequestsEvents, hook.NoteEvents) = (Is("mergeRequestsEvents"), Is("noteEvents"));
        hook.EnableSslVerification = Is("enableSslVerification");
        return true;
    }

    /// <summary>One name is written differently in answers than in requests.</summary>
    private static JsonObject Shape(CodeupHook hook) =>
        new()
        {
            ["id"] = hook.Id,
            ["url"] = hook.Url,
            ["description"] = hook.Description,
            ["token"] = hook.Token,
            ["pushEvents"] = hook.PushEvents,
            ["tagPushEvents"] = hook.TagPushEvents,
            ["mergeRequestsEvents"] = hook.MergeRequestsEvents,
            ["noteEvents"] = hook.NoteEvents,
            ["enableSSLVerification"] = hook.EnableSslVerification,
            ["createdAt"] = "2024-10-05T15:30:45Z",
            ["updatedAt"] = "2024-10-05T15:30:45Z",
        };

    private static Task Kept(CodeupCall call, string[] path, Func<CodeupRepository, Task> serve) =>
        CodeupRepositoriesApi.With(
            call,
            path,
            one => one.AccessLevel < MayKeepHooks ? call.Refuse(403, "Forbidden") : serve(one)
        );

    private static Task With(CodeupCall call, string[] path, Func<CodeupRepository, CodeupHook, Task> serve) =>
        Kept(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Id.ToString() == path[1]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, "NotFound")
        );
}
