using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>The paths of the REST API that are used here. Repository names were checked before.</summary>
internal sealed class GiteaApi(RestClient rest, GiteaRefusals refusals) : IHooksApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static GiteaApi Open(Outside outside, Target target)
    {
        var refusals = new GiteaRefusals();
        var style = new RestStyle(GiteaSite.Of(target).Value.Api, Json) { Explain = refusals.Explain }.By(
            target,
            target.SecretOf(GiteaForm.Token),
            token => new AuthenticationHeaderValue("token", token.Reveal())
        );
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new GiteaApi(new RestClient(http, style, outside.Time), refusals);
    }

    /// <summary>One operation with a client of its own.</summary>
    public static async Task<Outcome<T>> Ask<T>(
        Outside outside,
        Target target,
        Func<GiteaApi, Task<Outcome<T>>> operation
    )
    {
        using var api = Open(outside, target);
        return await operation(api);
    }

    public RestClient Rest => rest;

    public GiteaRefusals Refusals => refusals;

    public Task<Outcome<WireUser>> User(CancellationToken cancel) =>
        rest.Read<WireUser>(RestCall.Get("user", "user"), cancel);

    /// <summary>50 is the most a page has unless the host's operator allowed more.</summary>
    public Task<Outcome<IReadOnlyList<WireRepository>>> Repositories(CancellationToken cancel) =>
        All<WireRepository>("user/repos?limit=50", "list of repositories", one => one.Id, cancel);

    public Task<Outcome<WireRepository>> Repository(string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(RestCall.Get($"repos/{name}", What(name)), cancel);

    public Task<Outcome<WireRepository>> RepositoryById(string id, string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(RestCall.Get($"repositories/{Uri.EscapeDataString(id)}", What(name)), cancel);

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> Requests(string name, CancellationToken cancel) =>
        OpenRequests.Of(
            await All<HubRequest>($"repos/{name}/pulls?state=open&limit=50", What(name), one => one.Number, cancel),
            rest,
            request => request.Open()
        );

    public async Task<Outcome<IReadOnlyList<HostedHook>>> Hooks(string name, CancellationToken cancel) =>
        (await All<WireHook>($"repos/{name}/hooks?limit=50", What(name), hook => hook.Id, cancel)).Map<
            IReadOnlyList<HostedHook>
        >(all => [.. all.Select(GiteaWire.Plain)]);

    public async Task<Outcome<HostedHook>> CreateHook(string name, HookWish wish, CancellationToken cancel) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Post, $"repos/{name}/hooks", What(name), GiteaWire.New(wish)),
                cancel
            )
        ).Map(GiteaWire.Plain);

    public async Task<Outcome<HostedHook>> ChangeHook(
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Patch, $"repos/{name}/hooks/{id}", $"hook {id}", GiteaWire.Changed(wish)),
                cancel
            )
        ).Map(GiteaWire.Plain);

    public Task<Outcome<Done>> DeleteHook(string name, string id, CancellationToken cancel) =>
        rest.Do(Call(HttpMethod.Delete, $"repos/{name}/hooks/{id}", $"hook {id}"), cancel);

    public Task<Outcome<Done>> CreateStatus(string name, string commit, WireStatus status, CancellationToken cancel) =>
        rest.Do(Call(HttpMethod.Post, $"repos/{name}/statuses/{commit}", $"commit {commit[..8]}", status), cancel);

    /// <summary>An answer is not wanted, only what the host says to it.</summary>
    public Task<Outcome<Done>> Try(HttpMethod method, string path, CancellationToken cancel) =>
        rest.Do(Call(method, path, path), cancel);

    public void Dispose() => rest.Dispose();

    private Task<Outcome<IReadOnlyList<T>>> All<T>(
        string path,
        string what,
        Func<T, long> id,
        CancellationToken cancel
    ) => CountedPages.All(rest, RestCall.Get(path, what), id, cancel);

    private static string What(string name) => $"repository {name}";

    private static RestCall Call(HttpMethod method, string path, string what, object? body = null) =>
        new(method, path) { Body = body, What = what };
}
