using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Gitea;

/// <summary>Webhooks of a repository. The API tells nothing of what they delivered.</summary>
internal static class GiteaHooksApi
{
    private static readonly string[] Changeable =
    [
        "active",
        "authorization_header",
        "branch_filter",
        "config",
        "events",
    ];

    /// <summary>What a hook hears when it asks for the first of them.</summary>
    private static readonly string[] OfPullRequests =
    [
        "pull_request",
        "pull_request_assign",
        "pull_request_label",
        "pull_request_milestone",
        "pull_request_comment",
        "pull_request_review_approved",
        "pull_request_review_rejected",
        "pull_request_review_comment",
        "pull_request_sync",
        "pull_request_review_request",
    ];

    public static Task All(GiteaCall call, string[] path) =>
        Kept(call, path, one => call.Page([.. one.Hooks], GiteaShapes.Hook, links: false));

    public static Task One(GiteaCall call, string[] path) =>
        With(call, path, (_, hook) => call.Answer(200, GiteaShapes.Hook(hook)));

    /// <summary>A second hook for the same address is no error.</summary>
    public static Task Create(GiteaCall call, string[] path) =>
        Kept(
            call,
            path,
            async one =>
            {
                if (!await call.Read([.. Changeable, "type"]))
                    return;
                var type = (string?)call.Body["type"];
                var config = call.Body["config"] as JsonObject ?? [];
                var hook = new GiteaHook(call.Host.NextId()) { Type = type ?? "" };
                if (type is not ("gitea" or "gogs" or "forgejo" or "slack" or "discord"))
                    await call.Refuse(422, $"Invalid hook type: {type}");
                else if (!config.ContainsKey("url") || !config.ContainsKey("content_type"))
                    await call.Refuse(422, "Missing config option: url or content_type");
                else if (await Take(call, hook))
                {
                    lock (one.Hooks)
                        one.Hooks.Add(hook);
                    await call.Answer(201, GiteaShapes.Hook(hook));
                }
            }
        );

    public static Task Change(GiteaCall call, string[] path) =>
        With(
            call,
            path,
            async (_, hook) =>
            {
                if (await call.Read(Changeable) && await Take(call, hook))
                    await call.Answer(200, GiteaShapes.Hook(hook));
            }
        );

    public static Task Delete(GiteaCall call, string[] path) =>
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

    public static Task Test(GiteaCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                var commit = await new PushedCommits(call.Host.Bare.PathOf(one.FullName)).Ask(
                    "rev-parse",
                    one.DefaultBranch
                );
                await call.Host.Deliverer.Test(one, hook, call.Token!.Login, commit);
                await call.Answer(204, null);
            }
        );

    /// <summary>
    /// Writes what was given into the hook; what was left out falls back, but for activity and secret.
    /// </summary>
    private static async Task<bool> Take(GiteaCall call, GiteaHook hook)
    {
        var config = call.Body["config"] as JsonObject ?? [];
        if ((string?)config["content_type"] is { } type and not ("json" or "form"))
        {
            await call.Refuse(422, "Invalid content type");
            return false;
        }
        hook.ContentType = (string?)config["content_type"] ?? hook.ContentType;
        hook.Url = (string?)config["url"] ?? hook.Url;
        hook.Secret = (string?)config["secret"] ?? hook.Secret;
        hook.Active = (bool?)call.Body["active"] ?? hook.Active;
        hook.BranchFilter = (string?)call.Body["branch_filter"] ?? "";
        var events = (call.Body["events"] as JsonArray)?.Select(name => (string)name!).ToList() ?? [];
        hook.Events =
            events.Count == 0 ? ["push"]
            : events.Contains("pull_request") ? [.. events.Union(OfPullRequests)]
            : events;
        return true;
    }

    /// <summary>Only administrators of the repository, and only where hooks are on.</summary>
    private static Task Kept(GiteaCall call, string[] path, Func<GiteaRepository, Task> serve) =>
        GiteaRepositoriesApi.With(
            call,
            path,
            one =>
                !one.Administrators.Contains(call.Token!.Login)
                    ? call.Refuse(403, "user should be an owner or a collaborator with admin write of a repository")
                : call.Host.Flavour.HooksAreOff ? call.Refuse(403, "webhooks disabled by administrator")
                : serve(one)
        );

    private static Task With(GiteaCall call, string[] path, Func<GiteaRepository, GiteaHook, Task> serve) =>
        Kept(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Id.ToString() == path[2]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, "The target couldn't be found.")
        );
}
