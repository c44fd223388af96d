namespace Fairlead.Emulators.GitLab;

/// <summary>Webhooks of a project, and what they delivered.</summary>
internal static class GitLabHooksApi
{
    private static readonly string[] Fields =
    [
        "id",
        "url",
        "name",
        "description",
        "push_events",
        "tag_push_events",
        "merge_requests_events",
        "push_events_branch_filter",
        "branch_filter_strategy",
        "enable_ssl_verification",
        "token",
        "signing_token",
        "custom_webhook_template",
    ];

    public static Task All(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            one => call.Page([.. one.Hooks], hook => GitLabShapes.Hook(call.Host, one, hook))
        );

    public static Task One(GitLabCall call, string[] path) =>
        With(call, path, (one, hook) => call.Answer(200, GitLabShapes.Hook(call.Host, one, hook)));

    public static Task Create(GitLabCall call, string[] path) =>
        GitLabProjectsApi.With(
            call,
            path,
            async one =>
            {
                var hook = new GitLabHook(call.Host.NextId());
                if (!await Write(call, hook))
                    return;
                lock (one.Hooks)
                    one.Hooks.Add(hook);
                await call.Answer(201, GitLabShapes.Hook(call.Host, one, hook));
            }
        );

    public static Task Change(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                if (!await Write(call, hook))
                    return;
                if (call.Host.ChangeEnablesHooks)
                    hook.Met(true, call.Host.Time.GetUtcNow());
                await call.Answer(200, GitLabShapes.Hook(call.Host, one, hook));
            }
        );

    public static Task Delete(GitLabCall call, string[] path) =>
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

    public static Task Test(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            async (one, hook) =>
            {
                if (path[2] != "push_events")
                    await call.Wrong(400, "trigger does not have a valid value");
                else if (await call.Host.Deliverer.Test(one, hook, call.Token!.Username))
                    await call.Refuse(201, "201 Created");
                else
                    await call.Refuse(422, "422 Hook execution failed");
            }
        );

    public static Task Events(GitLabCall call, string[] path) =>
        With(
            call,
            path,
            (_, hook) =>
            {
                lock (hook.Deliveries)
                    return call.Page([.. Enumerable.Reverse(hook.Deliveries)], sent => GitLabShapes.Event(hook, sent));
            }
        );

    private static Task With(GitLabCall call, string[] path, Func<GitLabProject, GitLabHook, Task> serve) =>
        GitLabProjectsApi.With(
            call,
            path,
            one =>
                one.Hooks.Find(hook => hook.Id.ToString() == path[1]) is { } hook
                    ? serve(one, hook)
                    : call.Refuse(404, "404 Project Hook Not Found")
        );

    /// <summary>Writes what was given into the hook; false when it was refused. What is left out stays.</summary>
    private static async Task<bool> Write(GitLabCall call, GitLabHook hook)
    {
        if (!await call.Read(Fields))
            return false;
        if (call.Text("url") is not { } url)
        {
            await call.Wrong(400, "url is missing");
            return false;
        }
        var isWeb = Uri.TryCreate(url, UriKind.Absolute, out var to) && to.Scheme is "http" or "https";
        if (!isWeb || (to!.IsLoopback && !call.Host.AllowsLocalHooks))
        {
            await call.Wrong(422, "Invalid url given");
            return false;
        }
        var body = call.Body;
        hook.Url = url;
        hook.Push = (bool?)body["push_events"] ?? hook.Push;
        hook.TagPush = (bool?)body["tag_push_events"] ?? hook.TagPush;
        hook.MergeRequests = (bool?)body["merge_requests_events"] ?? hook.MergeRequests;
        hook.VerifiesTls = (bool?)body["enable_ssl_verification"] ?? hook.VerifiesTls;
        hook.BranchFilter = call.Text("push_events_branch_filter") ?? hook.BranchFilter;
        hook.Template = call.Text("custom_webhook_template") ?? hook.Template;
        hook.Token = call.Text("token") ?? hook.Token;
        if (call.Host.Signs)
            hook.SigningToken = call.Text("signing_token") ?? hook.SigningToken;
        return true;
    }
}
