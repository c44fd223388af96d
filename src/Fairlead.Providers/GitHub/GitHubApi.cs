using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>The paths of the REST API that are used here. Repository names were checked before.</summary>
internal sealed class GitHubApi(RestClient rest, bool isApp) : IHooksApi
{
    /// <summary>Named in every request: the one without it changes (facts/codehosts.md 1, finding 6).</summary>
    private const string Version = "2022-11-28";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static GitHubApi Open(Outside outside, Target target, GitHubAppTokens tokens)
    {
        var style = GitHubApp.Is(target)
            ? StyleOf(target) with
            {
                Authorise = (refused, cancel) => tokens.Header(target, refused, cancel),
            }
            : StyleOf(target)
                .By(
                    target,
                    target.SecretOf(GitHubForm.Token),
                    token => new AuthenticationHeaderValue("Bearer", token.Reveal())
                );
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new GitHubApi(new RestClient(http, style, outside.Time), GitHubApp.Is(target));
    }

    /// <summary>For whoever it is that speaks.</summary>
    public static RestStyle StyleOf(Target target) =>
        new(GitHubSite.Of(target).Value.Api, Json)
        {
            Accept = "application/vnd.github+json",
            Headers = new Dictionary<string, string> { ["X-GitHub-Api-Version"] = Version },
            Explain = GitHubRefusals.Explain,
        };

    public RestClient Rest => rest;

    public Task<Outcome<RestAnswer>> User(CancellationToken cancel) => rest.Send(RestCall.Get("user", "user"), cancel);

    /// <summary>What a person's token reaches, or what an App is installed for.</summary>
    public Task<Outcome<IReadOnlyList<WireRepository>>> Repositories(CancellationToken cancel) =>
        isApp
            ? LinkedPages.All<WireRepository, WireRepositories>(
                rest,
                RestCall.Get("installation/repositories?per_page=100", "list of repositories"),
                page => page.Repositories ?? [],
                cancel
            )
            : All<WireRepository>("user/repos?sort=full_name&per_page=100", "list of repositories", cancel);

    public Task<Outcome<WireRepository>> Repository(string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(RestCall.Get($"repos/{name}", $"repository {name}"), cancel);

    /// <summary>Where requests for one that was renamed are sent on to.</summary>
    public Task<Outcome<WireRepository>> RepositoryById(string id, string name, CancellationToken cancel) =>
        rest.Read<WireRepository>(
            RestCall.Get($"repositories/{Uri.EscapeDataString(id)}", $"repository {name}"),
            cancel
        );

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> Requests(string name, CancellationToken cancel) =>
        OpenRequests.Of(
            await All<HubRequest>($"repos/{name}/pulls?state=open&per_page=100", $"repository {name}", cancel),
            rest,
            request => request.Open()
        );

    public async Task<Outcome<IReadOnlyList<HostedHook>>> Hooks(string name, CancellationToken cancel) =>
        (await All<WireHook>($"repos/{name}/hooks?per_page=100", $"repository {name}", cancel)).Map<
            IReadOnlyList<HostedHook>
        >(all => [.. all.Select(GitHubWire.Plain)]);

    public async Task<Outcome<HostedHook>> CreateHook(string name, HookWish wish, CancellationToken cancel) =>
        (
            await rest.Read<WireHook>(
                Change(HttpMethod.Post, $"repos/{name}/hooks", $"repository {name}", GitHubWire.Of(wish)),
                cancel
            )
        ).Map(GitHubWire.Plain);

    public async Task<Outcome<HostedHook>> ChangeHook(
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) =>
        (
            await rest.Read<WireHook>(
                Change(
                    HttpMethod.Patch,
                    $"repos/{name}/hooks/{id}",
                    $"hook {id}",
                    GitHubWire.Of(wish) with
                    {
                        Name = null,
                    }
                ),
                cancel
            )
        ).Map(GitHubWire.Plain);

    public Task<Outcome<Done>> DeleteHook(string name, string id, CancellationToken cancel) =>
        rest.Do(Change(HttpMethod.Delete, $"repos/{name}/hooks/{id}", $"hook {id}", null), cancel);

    public Task<Outcome<IReadOnlyList<WireDelivery>>> Deliveries(string name, string id, CancellationToken cancel) =>
        All<WireDelivery>($"repos/{name}/hooks/{id}/deliveries?per_page=100", $"hook {id}", cancel);

    public Task<Outcome<WireSent>> Delivery(string name, string id, string attempt, CancellationToken cancel) =>
        rest.Read<WireSent>(
            RestCall.Get($"repos/{name}/hooks/{id}/deliveries/{attempt}", $"delivery {attempt}"),
            cancel
        );

    public Task<Outcome<Done>> CreateStatus(string name, string commit, WireStatus status, CancellationToken cancel) =>
        rest.Do(Change(HttpMethod.Post, $"repos/{name}/statuses/{commit}", $"commit {commit[..8]}", status), cancel);

    public Task<Outcome<RestAnswer>> Merge(string name, WireMergeWish wish, CancellationToken cancel) =>
        rest.Send(Change(HttpMethod.Post, $"repos/{name}/merges", "such branch", wish), cancel);

    public void Dispose() => rest.Dispose();

    private Task<Outcome<IReadOnlyList<T>>> All<T>(string path, string what, CancellationToken cancel) =>
        LinkedPages.All<T, List<T>>(rest, RestCall.Get(path, what), page => page, cancel);

    private static RestCall Change(HttpMethod method, string path, string what, object? body) =>
        new(method, path) { Body = body, What = what };
}
