using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>The paths of the REST API that are used here. Repository names were checked before.</summary>
internal sealed class DataCenterApi(RestClient rest) : IHooksApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static DataCenterApi Open(Outside outside, Target target)
    {
        var style = new RestStyle(DataCenterSite.Of(target).Value.Api, Json)
        {
            Authorization = target.SecretOf(DataCenterForm.Token) is { } token
                ? new AuthenticationHeaderValue("Bearer", token.Reveal())
                : null,
            Explain = DataCenterRefusals.Explain,
        };
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new DataCenterApi(new RestClient(http, style, outside.Time));
    }

    /// <summary>One operation with a client of its own.</summary>
    public static async Task<Outcome<T>> Ask<T>(
        Outside outside,
        Target target,
        Func<DataCenterApi, Task<Outcome<T>>> operation
    )
    {
        using var api = Open(outside, target);
        return await operation(api);
    }

    public RestClient Rest => rest;

    /// <summary>One of what the credential has a permission for.</summary>
    /// <param name="list"><c>repos</c> or <c>projects</c>.</param>
    public Task<Outcome<RestAnswer>> One(string list, string permission, CancellationToken cancel) =>
        rest.Send(RestCall.Get($"{list}?permission={permission}&limit=1", "list of repositories"), cancel);

    /// <summary>The host cuts pages to what its operator set, 1,000 as a rule.</summary>
    public Task<Outcome<IReadOnlyList<WireRepository>>> Repositories(CancellationToken cancel) =>
        All<WireRepository>("repos?archived=ALL&limit=1000", "list of repositories", cancel);

    public Task<Outcome<WireRepository>> Repository(string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(RestCall.Get(DataCenterSite.PathOf(name), What(name)), cancel);

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> Requests(string name, CancellationToken cancel) =>
        OpenRequests.Of(
            await All<WireRequest>(
                $"{DataCenterSite.PathOf(name)}/pull-requests?state=OPEN&limit=100",
                What(name),
                cancel
            ),
            rest,
            request => request.Open()
        );

    public async Task<Outcome<IReadOnlyList<HostedHook>>> Hooks(string name, CancellationToken cancel) =>
        (await All<WireHook>($"{DataCenterSite.PathOf(name)}/webhooks?limit=100", What(name), cancel)).Map<
            IReadOnlyList<HostedHook>
        >(all => [.. all.Select(DataCenterWire.Plain)]);

    public async Task<Outcome<HostedHook>> CreateHook(string name, HookWish wish, CancellationToken cancel) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Post, $"{DataCenterSite.PathOf(name)}/webhooks", What(name), DataCenterWire.Of(wish)),
                cancel
            )
        ).Map(DataCenterWire.Plain);

    public async Task<Outcome<HostedHook>> ChangeHook(
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Put, HookPath(name, id), $"hook {id}", DataCenterWire.Of(wish)),
                cancel
            )
        ).Map(DataCenterWire.Plain);

    public Task<Outcome<Done>> DeleteHook(string name, string id, CancellationToken cancel) =>
        rest.Do(Call(HttpMethod.Delete, HookPath(name, id), $"hook {id}"), cancel);

    public Task<Outcome<Done>> CreateStatus(string name, string commit, WireStatus status, CancellationToken cancel) =>
        rest.Do(
            Call(
                HttpMethod.Post,
                $"{DataCenterSite.PathOf(name)}/commits/{commit}/builds",
                $"commit {commit[..8]}",
                status
            ),
            cancel
        );

    public void Dispose() => rest.Dispose();

    private Task<Outcome<IReadOnlyList<T>>> All<T>(string path, string what, CancellationToken cancel) =>
        BodyPages.All<T, WirePage<T>>(
            rest,
            RestCall.Get(path, what),
            page => page.Values ?? [],
            page =>
                page is { IsLastPage: false, NextPageStart: { } start }
                    ? $"{path}&start={start.ToString(CultureInfo.InvariantCulture)}"
                    : null,
            cancel
        );

    private static string HookPath(string name, string id) => $"{DataCenterSite.PathOf(name)}/webhooks/{id}";

    private static string What(string name) => $"repository {name}";

    private static RestCall Call(HttpMethod method, string path, string what, object? body = null) =>
        new(method, path) { Body = body, What = what };
}
