using System.Text.Json;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

internal sealed record WireUser(string? Login);

internal sealed record WireRepository(long Id, string? FullName)
{
    public string? DefaultBranch { get; init; }
    public bool Private { get; init; }
    public bool Archived { get; init; }
    public string? HtmlUrl { get; init; }
}

internal sealed record WireRepositories(IReadOnlyList<WireRepository>? Repositories);

internal sealed record WireApp(string? Slug, string? Name)
{
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
}

/// <summary>What the manifest asks for; it is told nothing else.</summary>
internal sealed record WireManifest(
    string Name,
    string Url,
    string RedirectUrl,
    string SetupUrl,
    bool SetupOnUpdate,
    bool Public,
    IReadOnlyDictionary<string, string> DefaultPermissions
);

internal sealed record WireMadeApp(string? ClientId, string? Slug, string? Name, WireUser? Owner, string? HtmlUrl)
{
    public Secret? ClientSecret { get; init; }
    public Secret? WebhookSecret { get; init; }
    public Secret? Pem { get; init; }
}

internal sealed record WireInstallation(WireUser? Account)
{
    public long Id { get; init; }
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
    public string? RepositorySelection { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }
}

internal sealed record WireMintWish(IReadOnlyList<long> RepositoryIds, IReadOnlyDictionary<string, string> Permissions);

/// <param name="Token">Of any length: 40 characters once, some 500 since 2026.</param>
internal sealed record WireMinted(Secret Token, DateTimeOffset ExpiresAt)
{
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
    public IReadOnlyList<WireRepository>? Repositories { get; init; }
}

internal sealed record WireHook(long Id, bool Active)
{
    public IReadOnlyList<string>? Events { get; init; }
    public WireHookConfig? Config { get; init; }
    public WireLastResponse? LastResponse { get; init; }
}

internal sealed record WireHookConfig(string? Url)
{
    public string? ContentType { get; init; }
}

internal sealed record WireLastResponse(int? Code, string? Status);

/// <param name="Name">Always <c>web</c>, and said only of a new one.</param>
internal sealed record WireHookWish(string? Name, bool Active, IReadOnlyList<string> Events, WireWishedConfig Config);

internal sealed record WireWishedConfig(string Url, string ContentType, string Secret, string InsecureSsl);

internal sealed record WireDelivery(long Id, string? Guid, string? Event, DateTimeOffset DeliveredAt, int StatusCode);

internal sealed record WireSent(WireSentRequest? Request);

internal sealed record WireSentRequest(JsonElement? Payload);

internal sealed record WireStatus(string State, string Context, string Description, string TargetUrl);

/// <summary>From their words into ours.</summary>
internal static class GitHubWire
{
    private const int LongestDescription = 140;

    public static HostedRepository Plain(WireRepository wire) =>
        new(Text(wire.Id), wire.FullName ?? "")
        {
            DefaultBranch = wire.DefaultBranch,
            IsPrivate = wire.Private,
            IsArchived = wire.Archived,
            Page = wire.HtmlUrl,
        };

    public static HostedHook Plain(WireHook wire) =>
        new(Text(wire.Id), wire.Config?.Url ?? "")
        {
            IsActive = wire.Active,
            HearsAll = wire.Config?.ContentType == "json" && Hears(wire.Events ?? []),
            Trouble = wire.LastResponse is { Code: >= 300 and var code }
                ? $"The last delivery was answered with HTTP {code}."
                : null,
        };

    public static HostDelivery Plain(WireDelivery wire) =>
        new(Text(wire.Id), wire.Guid ?? "", wire.Event ?? "", wire.DeliveredAt, wire.StatusCode is >= 200 and < 300);

    public static WireHookWish Of(HookWish wish) =>
        new("web", true, GitHubPayload.Wanted, new(wish.Url.AbsoluteUri, "json", wish.Secret.Reveal(), "0"));

    public static WireStatus Of(CommitStatus status) =>
        new(
            status.State switch
            {
                CommitState.Pending => "pending",
                CommitState.Success => "success",
                CommitState.Failure => "failure",
                _ => "error",
            },
            status.Context,
            RestText.Cut(status.Description, LongestDescription),
            status.Link.AbsoluteUri
        );

    private static bool Hears(IReadOnlyList<string> events) =>
        events.Contains("*") || GitHubPayload.Wanted.All(events.Contains);

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
