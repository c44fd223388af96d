using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>The paths of the REST API that are used here. Repository names were checked before.</summary>
/// <param name="workspace">The only one to look into; null for all that the account is a member of.</param>
/// <param name="isPerson">Else the credential is an access token, which belongs to nobody.</param>
internal sealed class BitbucketApi(RestClient rest, BitbucketRefusals refusals, string? workspace, bool isPerson)
    : IHooksApi
{
    /// <summary>Workspaces read at the same time. One after the other would take as long as all of them.</summary>
    private const int SideBySide = 4;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static BitbucketApi Open(Outside outside, Target target)
    {
        var refusals = new BitbucketRefusals();
        var isPerson = BitbucketCredentials.IsPersons(target);
        var style = new RestStyle(BitbucketSite.Of(target).Value.Api, Json) { Explain = refusals.Explain }.By(
            target,
            target.SecretOf(BitbucketForm.Token),
            token => Login(BitbucketCredentials.NeedsEmail(target) ? target.Setting(BitbucketForm.Email) : null, token)
        );
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        var rest = new RestClient(http, style, outside.Time);
        return new BitbucketApi(rest, refusals, target.Setting(BitbucketForm.Workspace), isPerson);
    }

    /// <summary>One operation with a client of its own.</summary>
    public static async Task<Outcome<T>> Ask<T>(
        Outside outside,
        Target target,
        Func<BitbucketApi, Task<Outcome<T>>> operation
    )
    {
        using var api = Open(outside, target);
        return await operation(api);
    }

    public RestClient Rest => rest;

    public BitbucketRefusals Refusals => refusals;

    /// <summary>Who a person is; of an access token, whether it opens its workspace. Either tells the scopes.</summary>
    public Task<Outcome<RestAnswer>> Self(CancellationToken cancel) =>
        rest.Send(
            isPerson
                ? RestCall.Get("user", "account")
                : RestCall.Get($"repositories/{workspace}?pagelen=1", $"workspace {workspace}"),
            cancel
        );

    /// <summary>No call lists across workspaces any more (facts/codehosts.md 1, finding 2).</summary>
    public async Task<Outcome<IReadOnlyList<WireRepository>>> Repositories(CancellationToken cancel)
    {
        if (!(await Workspaces(cancel)).Try(out var workspaces, out var failure))
            return failure;
        var all = new List<WireRepository>();
        foreach (var some in workspaces.Chunk(SideBySide))
        foreach (var list in await Task.WhenAll(some.Select(one => RepositoriesOf(one, cancel))))
            if (list.Try(out var found, out failure))
                all.AddRange(found);
            else
                return failure;
        return all;
    }

    public Task<Outcome<WireRepository>> Repository(string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(RestCall.Get($"repositories/{name}", What(name)), cancel);

    /// <summary>An id in braces goes in place of a name, within its workspace.</summary>
    public Task<Outcome<WireRepository>> RepositoryById(string workspace, string id, CancellationToken cancel) =>
        Repository($"{workspace}/{Uri.EscapeDataString(id)}", cancel);

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> Requests(string name, CancellationToken cancel) =>
        OpenRequests.Of(
            await All<WireRequest>($"repositories/{name}/pullrequests?state=OPEN&pagelen=50", What(name), cancel),
            rest,
            request => request.Open()
        );

    public async Task<Outcome<IReadOnlyList<HostedHook>>> Hooks(string name, CancellationToken cancel) =>
        (await All<WireHook>($"repositories/{name}/hooks?pagelen=100", What(name), cancel)).Map<
            IReadOnlyList<HostedHook>
        >(all => [.. all.Select(BitbucketWire.Plain)]);

    public async Task<Outcome<HostedHook>> CreateHook(string name, HookWish wish, CancellationToken cancel) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Post, $"repositories/{name}/hooks", What(name), BitbucketWire.Of(wish)),
                cancel
            )
        ).Map(BitbucketWire.Plain);

    public async Task<Outcome<HostedHook>> ChangeHook(
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) =>
        (
            await rest.Read<WireHook>(
                Call(HttpMethod.Put, HookPath(name, id), $"hook {id}", BitbucketWire.Of(wish)),
                cancel
            )
        ).Map(BitbucketWire.Plain);

    public Task<Outcome<Done>> DeleteHook(string name, string id, CancellationToken cancel) =>
        rest.Do(Call(HttpMethod.Delete, HookPath(name, id), $"hook {id}"), cancel);

    public Task<Outcome<Done>> CreateStatus(string name, string commit, WireStatus status, CancellationToken cancel) =>
        rest.Do(
            Call(
                HttpMethod.Post,
                $"repositories/{name}/commit/{commit}/statuses/build",
                $"commit {commit[..8]}",
                status
            ),
            cancel
        );

    public void Dispose() => rest.Dispose();

    private async Task<Outcome<IReadOnlyList<string>>> Workspaces(CancellationToken cancel)
    {
        if (workspace is not null)
            return new[] { workspace };
        var all = await All<WireAccess>("user/workspaces?pagelen=100", "list of workspaces", cancel);
        return all.Map<IReadOnlyList<string>>(found =>
            [.. found.Select(access => access.Workspace?.Slug).OfType<string>().Where(BitbucketSite.IsWorkspace)]
        );
    }

    /// <summary>Of a person only what they were given access to: a workspace may show much more to everybody.</summary>
    private Task<Outcome<IReadOnlyList<WireRepository>>> RepositoriesOf(string one, CancellationToken cancel) =>
        All<WireRepository>(
            $"repositories/{one}?{(isPerson ? "role=member&" : "")}pagelen=100",
            $"workspace {one}",
            cancel
        );

    private Task<Outcome<IReadOnlyList<T>>> All<T>(string path, string what, CancellationToken cancel) =>
        BodyPages.All<T, WirePage<T>>(
            rest,
            RestCall.Get(path, what),
            page => page.Values ?? [],
            page => page.Next,
            cancel
        );

    private static AuthenticationHeaderValue Login(string? email, Secret token) =>
        email is null ? new AuthenticationHeaderValue("Bearer", token.Reveal()) : BasicLogin.Of(email, token);

    /// <summary>Ids have braces around them.</summary>
    private static string HookPath(string name, string id) => $"repositories/{name}/hooks/{Uri.EscapeDataString(id)}";

    private static string What(string name) => $"repository {name}";

    private static RestCall Call(HttpMethod method, string path, string what, object? body = null) =>
        new(method, path) { Body = body, What = what };
}
