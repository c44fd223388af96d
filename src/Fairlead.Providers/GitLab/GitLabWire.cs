using System.Globalization;
using System.Text.Json;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <param name="ExpiresAt">A moment, in UTC.</param>
internal sealed record WireKeyWish(string Name, IReadOnlyList<string> Scopes, string ExpiresAt);

internal sealed record WireKey(long Id, string? Username, Secret Token)
{
    public IReadOnlyList<string>? Scopes { get; init; }
}

internal sealed record WireUser(string? Username);

internal sealed record WireToken(long UserId)
{
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Of a fine-grained token, whose <see cref="Scopes"/> do not tell what it may do.</summary>
    public IReadOnlyList<JsonElement>? GranularScopes { get; init; }

    public string? ExpiresAt { get; init; }
}

internal sealed record WireGrant(IReadOnlyList<string>? Scope);

internal sealed record WireProject(long Id, string? PathWithNamespace)
{
    public string? DefaultBranch { get; init; }
    public string? Visibility { get; init; }
    public bool? Archived { get; init; }
    public string? WebUrl { get; init; }
}

internal sealed record WireMergeRequest(
    long Iid,
    string? Title,
    string? SourceBranch,
    string? TargetBranch,
    string? Sha
)
{
    /// <summary>Null once the fork is deleted.</summary>
    public long? SourceProjectId { get; init; }

    public long? TargetProjectId { get; init; }

    /// <summary>Null where it is not what the host documents; one without commits has no head to build.</summary>
    public OpenRequest? Open() =>
        this is { Iid: > 0, SourceBranch: { } source, TargetBranch: { } target }
            ? new OpenRequest(
                Iid,
                OpenRequest.Plain(Title),
                source,
                target,
                Sha ?? "",
                FromFork: SourceProjectId is null || SourceProjectId != TargetProjectId,
                $"refs/merge-requests/{Iid}/head"
            )
            : null;
}

internal sealed record WireHook(long Id, string? Url)
{
    public bool? PushEvents { get; init; }
    public bool? TagPushEvents { get; init; }
    public bool? MergeRequestsEvents { get; init; }
    public string? PushEventsBranchFilter { get; init; }
    public string? CustomWebhookTemplate { get; init; }
    public string? AlertStatus { get; init; }
    public bool? TokenPresent { get; init; }
    public bool? SigningTokenPresent { get; init; }
}

internal sealed record WireHookWish(string Url)
{
    public bool PushEvents { get; init; } = true;
    public bool TagPushEvents { get; init; } = true;
    public bool MergeRequestsEvents { get; init; } = true;
    public string PushEventsBranchFilter { get; init; } = "";
    public bool EnableSslVerification { get; init; } = true;
    public string? Token { get; init; }
    public string? SigningToken { get; init; }
    public string? CustomWebhookTemplate { get; init; }
}

internal sealed record WireHookEvent(long Id, string? Trigger)
{
    public Dictionary<string, string?>? RequestHeaders { get; init; }

    public JsonElement? RequestData { get; init; }

    /// <summary>A number, or in quotes; not a number at all when nobody answered.</summary>
    public JsonElement ResponseStatus { get; init; }
}

internal sealed record WireStatus(string State, string Name, string Description, string TargetUrl);

/// <summary>From their words into ours.</summary>
internal static class GitLabWire
{
    private const int LongestDescription = 255;

    public static HostedRepository Plain(WireProject wire) =>
        new(Text(wire.Id), wire.PathWithNamespace ?? "")
        {
            DefaultBranch = wire.DefaultBranch,
            IsPrivate = wire.Visibility is { } seen ? seen != "public" : null,
            IsArchived = wire.Archived == true,
            Page = wire.WebUrl,
        };

    public static HostedHook Plain(WireHook wire) =>
        new(Text(wire.Id), wire.Url ?? "")
        {
            IsActive = wire.AlertStatus is null or "executable",
            HearsAll =
                wire is { PushEvents: true, TagPushEvents: true, MergeRequestsEvents: true }
                && string.IsNullOrEmpty(wire.PushEventsBranchFilter)
                && string.IsNullOrEmpty(wire.CustomWebhookTemplate)
                && (wire.TokenPresent != false || wire.SigningTokenPresent == true),
            Trouble = wire.AlertStatus is null or "executable"
                ? null
                : "Several deliveries failed, and the host has paused the hook.",
        };

    /// <param name="read">When it was listed: the host tells no time but in the headers of signed deliveries.</param>
    public static HostDelivery Plain(WireHookEvent wire, DateTimeOffset read) =>
        new(
            Text(wire.Id),
            Header(wire, StandardWebhooks.Id) ?? Header(wire, "Idempotency-Key") ?? "",
            Header(wire, "X-Gitlab-Event") ?? wire.Trigger ?? "",
            StandardWebhooks.Time(Header(wire, StandardWebhooks.Timestamp)) ?? read,
            wire.ResponseStatus.ToString().StartsWith('2')
        )
        {
            Body = RestText.Bytes(wire.RequestData),
        };

    public static WireStatus Of(CommitStatus status) =>
        new(
            status.State switch
            {
                CommitState.Pending => "pending",
                CommitState.Success => "success",
                CommitState.Failure => "failed",
                _ => "canceled",
            },
            status.Context,
            RestText.Cut(status.Description, LongestDescription),
            status.Link.AbsoluteUri
        );

    private static string? Header(WireHookEvent wire, string name) =>
        wire.RequestHeaders?.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
