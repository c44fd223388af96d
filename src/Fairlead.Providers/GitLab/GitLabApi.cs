using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>
/// The paths of the REST API that are used here. A project is looked up by its path, which leads to its id whatever it
/// was renamed to, and then spoken of by its id: moved projects take nothing but reads, and some proxies spoil the
/// escaped slashes of a path (facts/codehosts.md 4.1).
/// </summary>
internal sealed class GitLabApi(RestClient rest) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static GitLabApi Open(Outside outside, Target target)
    {
        var style = new RestStyle(GitLabSite.Of(target).Value.Api, Json)
        {
            Headers =
                target.SecretOf(GitLabForm.Token) is { } token && !target.IsGranted
                    ? new Dictionary<string, string> { ["PRIVATE-TOKEN"] = token.Reveal() }
                    : [],
            Explain = GitLabRefusals.Explain,
        }.By(
            target,
            target.IsGranted ? target.SecretOf(GitLabForm.Token) : null,
            grant => new AuthenticationHeaderValue("Bearer", grant.Reveal())
        );
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new GitLabApi(new RestClient(http, style, outside.Time));
    }

    public RestClient Rest => rest;

    public Task<Outcome<WireToken>> Token(CancellationToken cancel) =>
        rest.Read<WireToken>(RestCall.Get("personal_access_tokens/self", "token"), cancel);

    /// <summary>What a granted token tells of itself; it stands beside the API.</summary>
    public Task<Outcome<WireGrant>> Grant(CancellationToken cancel) =>
        rest.Read<WireGrant>(RestCall.Get("../../oauth/token/info", "token"), cancel);

    public Task<Outcome<WireUser>> User(CancellationToken cancel) =>
        rest.Read<WireUser>(RestCall.Get("user", "user"), cancel);

    /// <summary>Those of the token's user: without <c>membership</c>, gitlab.com lists the world.</summary>
    public Task<Outcome<IReadOnlyList<WireProject>>> Projects(CancellationToken cancel) =>
        All<WireProject>(
            "projects?membership=true&simple=true&order_by=id&sort=asc&per_page=100",
            "list of projects",
            cancel
        );

    public async Task<Outcome<WireProject>> Project(string path, CancellationToken cancel)
    {
        if (!GitLabSite.Check(path).Try(out var name, out var odd))
            return odd;
        var call = RestCall.Get($"projects/{Uri.EscapeDataString(name)}", $"repository {name}");
        return await rest.Read<WireProject>(call, cancel);
    }

    public Task<Outcome<WireProject>> ProjectById(string id, string path, CancellationToken cancel) =>
        rest.Read<WireProject>(RestCall.Get($"projects/{Uri.EscapeDataString(id)}", $"repository {path}"), cancel);

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> Requests(long project, CancellationToken cancel) =>
        OpenRequests.Of(
            await All<WireMergeRequest>(
                $"projects/{Text(project)}/merge_requests?state=opened&per_page=100",
                "such repository",
                cancel
            ),
            rest,
            request => request.Open()
        );

    public Task<Outcome<WireKey>> CreateDeployToken(long project, WireKeyWish wish, CancellationToken cancel) =>
        rest.Read<WireKey>(
            Change(HttpMethod.Post, $"projects/{Text(project)}/deploy_tokens", "such repository", wish),
            cancel
        );

    public Task<Outcome<Done>> DeleteDeployToken(long project, long key, CancellationToken cancel) =>
        rest.Do(
            Change(HttpMethod.Delete, $"projects/{Text(project)}/deploy_tokens/{Text(key)}", "such key", null),
            cancel
        );

    public Task<Outcome<IReadOnlyList<WireHook>>> Hooks(long project, CancellationToken cancel) =>
        All<WireHook>($"projects/{Text(project)}/hooks?per_page=100", "such repository", cancel);

    public Task<Outcome<WireHook>> CreateHook(long project, WireHookWish hook, CancellationToken cancel) =>
        rest.Read<WireHook>(
            Change(HttpMethod.Post, $"projects/{Text(project)}/hooks", "such repository", hook),
            cancel
        );

    public Task<Outcome<WireHook>> ChangeHook(long project, string id, WireHookWish hook, CancellationToken cancel) =>
        rest.Read<WireHook>(Change(HttpMethod.Put, Hook(project, id), $"hook {id}", hook), cancel);

    /// <summary>Has the host send a sample, which switches a hook on again that it had switched off.</summary>
    public Task<Outcome<Done>> TestHook(long project, string id, CancellationToken cancel) =>
        rest.Do(Change(HttpMethod.Post, $"{Hook(project, id)}/test/push_events", $"hook {id}", null), cancel);

    public Task<Outcome<Done>> DeleteHook(long project, string id, CancellationToken cancel) =>
        rest.Do(Change(HttpMethod.Delete, Hook(project, id), $"hook {id}", null), cancel);

    public Task<Outcome<IReadOnlyList<HostDelivery>>> HookEvents(
        long project,
        string id,
        Func<WireHookEvent, HostDelivery> plain,
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        LinkedPages.All<HostDelivery, List<WireHookEvent>>(
            rest,
            RestCall.Get($"{Hook(project, id)}/events?per_page=100", $"hook {id}"),
            page => page.Select(plain).Where(delivery => delivery.At >= since),
            cancel
        );

    public Task<Outcome<Done>> CreateStatus(long project, string commit, WireStatus status, CancellationToken cancel) =>
        rest.Do(
            Change(HttpMethod.Post, $"projects/{Text(project)}/statuses/{commit}", $"commit {commit[..8]}", status),
            cancel
        );

    public Task<Outcome<WireRequest>> OpenRequest(long project, WireRequestWish wish, CancellationToken cancel) =>
        rest.Read<WireRequest>(
            Change(HttpMethod.Post, $"projects/{Text(project)}/merge_requests", "such branch", wish),
            cancel
        );

    public Task<Outcome<WireRequest>> Request(long project, long iid, CancellationToken cancel) =>
        rest.Read<WireRequest>(RestCall.Get(RequestPath(project, iid), "merge request"), cancel);

    public Task<Outcome<WireRequest>> Accept(long project, long iid, WireAccept accept, CancellationToken cancel) =>
        rest.Read<WireRequest>(
            Change(HttpMethod.Put, $"{RequestPath(project, iid)}/merge", "merge request", accept),
            cancel
        );

    public Task<Outcome<Done>> CloseRequest(long project, long iid, CancellationToken cancel) =>
        rest.Do(
            Change(HttpMethod.Put, RequestPath(project, iid), "merge request", new { state_event = "close" }),
            cancel
        );

    public void Dispose() => rest.Dispose();

    private Task<Outcome<IReadOnlyList<T>>> All<T>(string path, string what, CancellationToken cancel) =>
        LinkedPages.All<T, List<T>>(rest, RestCall.Get(path, what), page => page, cancel);

    private static string RequestPath(long project, long iid) => $"projects/{Text(project)}/merge_requests/{Text(iid)}";

    private static string Hook(long project, string id) => $"projects/{Text(project)}/hooks/{id}";

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static RestCall Change(HttpMethod method, string path, string what, object? body) =>
        new(method, path) { Body = body, What = what };
}
