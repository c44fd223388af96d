using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>
/// The paths of the REST API that are used here (facts/alibaba.md D2). A repository is looked up by its path, and then
/// spoken of by its id.
/// </summary>
internal sealed class CodeupApi(RestClient rest, CodeupSite site) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static CodeupApi Open(Outside outside, Target target)
    {
        var site = CodeupSite.Of(target).Value;
        var style = new RestStyle(site.Api, Json)
        {
            Headers = target.SecretOf(CodeupForm.Token) is { } token
                ? new Dictionary<string, string> { ["x-yunxiao-token"] = token.Reveal() }
                : [],
            Explain = CodeupRefusals.Explain,
        };
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new CodeupApi(new RestClient(http, style, outside.Time), site);
    }

    /// <summary>One operation with a client of its own.</summary>
    public static async Task<Outcome<T>> Ask<T>(
        Outside outside,
        Target target,
        Func<CodeupApi, Task<Outcome<T>>> operation
    )
    {
        using var api = Open(outside, target);
        return await operation(api);
    }

    public RestClient Rest => rest;

    public CodeupSite Site => site;

    /// <summary>The official client asks the one address, the published description names the other.</summary>
    public async Task<Outcome<WireUser>> User(CancellationToken cancel)
    {
        var user = await rest.Read<WireUser>(RestCall.Get("platform/user", "user"), cancel);
        return user.Failure?.Code == RestFailures.NotFoundCode
            ? await rest.Read<WireUser>(RestCall.Get("platform/users:me", "user"), cancel)
            : user;
    }

    public Task<Outcome<WireCloneUser>> CloneUser(string user, CancellationToken cancel)
    {
        var path = site.Code($"users/{Uri.EscapeDataString(user)}/httpsCloneUsername");
        return rest.Read<WireCloneUser>(RestCall.Get(path, "clone user name"), cancel);
    }

    public Task<Outcome<IReadOnlyList<WireRepository>>> Repositories(CancellationToken cancel) =>
        All<WireRepository>(
            site.Code("repositories?orderBy=created_at&sort=asc&perPage=100"),
            "list of repositories",
            one => one.Id,
            cancel
        );

    /// <summary>The one that was used last, or none.</summary>
    public Task<Outcome<List<WireRepository>>> Newest(CancellationToken cancel) =>
        rest.Read<List<WireRepository>>(
            RestCall.Get(site.Code("repositories?orderBy=last_activity_at&perPage=1"), "list of repositories"),
            cancel
        );

    public async Task<Outcome<WireRepository>> Repository(string name, CancellationToken cancel)
    {
        if (!CodeupSite.Check(name).Try(out var path, out var odd))
            return odd;
        var call = RestCall.Get(
            site.Code($"repositories/{Uri.EscapeDataString(site.FullPath(path))}"),
            $"repository {path}"
        );
        return await rest.Read<WireRepository>(call, cancel);
    }

    public Task<Outcome<WireRepository>> RepositoryById(string id, string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(
            RestCall.Get(site.Code($"repositories/{Uri.EscapeDataString(id)}"), $"repository {name}"),
            cancel
        );

    /// <summary>The open ones that go to a repository, the newest first.</summary>
    public Task<Outcome<IReadOnlyList<WireRequest>>> Requests(long repository, CancellationToken cancel)
    {
        var query = $"projectIds={CodeupWire.Text(repository)}&state=opened&orderBy=created_at&perPage=100";
        return All<WireRequest>(
            site.Code($"changeRequests?{query}"),
            "list of change requests",
            one => one.LocalId,
            cancel
        );
    }

    public Task<Outcome<IReadOnlyList<WireHook>>> Hooks(long repository, CancellationToken cancel) =>
        All<WireHook>($"{Hook(repository)}?perPage=100", "such repository", hook => hook.Id, cancel);

    public Task<Outcome<WireHook>> CreateHook(long repository, WireHookWish hook, CancellationToken cancel) =>
        rest.Read<WireHook>(Change(HttpMethod.Post, Hook(repository), "such repository", hook), cancel);

    public Task<Outcome<WireHook>> ChangeHook(
        long repository,
        string id,
        WireHookWish hook,
        CancellationToken cancel
    ) => rest.Read<WireHook>(Change(HttpMethod.Put, $"{Hook(repository)}/{id}", $"hook {id}", hook), cancel);

    public Task<Outcome<WireDone>> DeleteHook(long repository, string id, CancellationToken cancel) =>
        rest.Read<WireDone>(Change(HttpMethod.Delete, $"{Hook(repository)}/{id}", $"hook {id}"), cancel);

    public Task<Outcome<Done>> CreateStatus(long repository, string commit, WireStatus status, CancellationToken cancel)
    {
        var path = site.Code($"repositories/{CodeupWire.Text(repository)}/commits/{commit}/statuses");
        return rest.Do(Change(HttpMethod.Post, path, $"commit {commit[..8]}", status), cancel);
    }

    public void Dispose() => rest.Dispose();

    private Task<Outcome<IReadOnlyList<T>>> All<T>(
        string path,
        string what,
        Func<T, long> id,
        CancellationToken cancel
    ) => CountedPages.All(rest, RestCall.Get(path, what), id, cancel);

    private string Hook(long repository) => site.Code($"repositories/{CodeupWire.Text(repository)}/webhooks");

    private static RestCall Change(HttpMethod method, string path, string what, object? body = null) =>
        new(method, path) { Body = body, What = what };
}
