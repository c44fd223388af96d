using System.Globalization;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <param name="NextPageStart">Not the sum of start and size: what one may not see is left out in between.</param>
internal sealed record WirePage<T>(IReadOnlyList<T>? Values, bool IsLastPage, long? NextPageStart);

internal sealed record WireAny;

internal sealed record WireRepository(long Id, string? Slug, WireProject? Project)
{
    public bool Public { get; init; }
    public bool Archived { get; init; }
    public WireLinks? Links { get; init; }
}

internal sealed record WireProject(string? Key);

internal sealed record WireRequest(long Id, string? Title, WireEnd? FromRef, WireEnd? ToRef)
{
    /// <summary>Null where it is not what the host documents.</summary>
    public OpenRequest? Open() =>
        this is { Id: > 0, FromRef: { DisplayId: { } source, LatestCommit: { } head }, ToRef.DisplayId: { } target }
            ? new OpenRequest(
                Id,
                OpenRequest.Plain(Title),
                source,
                target,
                head,
                FromFork: FromRef.Repository?.Id is not { } from || from != ToRef.Repository?.Id,
                $"refs/pull-requests/{Id}/from"
            )
            : null;
}

internal sealed record WireEnd(string? DisplayId, string? LatestCommit, WireRepository? Repository);

internal sealed record WireLinks(IReadOnlyList<WireLink>? Self);

internal sealed record WireLink(string? Href);

internal sealed record WireHook(long Id, string? Url, bool Active, IReadOnlyList<string>? Events);

internal sealed record WireHookWish(
    string Name,
    string Url,
    bool Active,
    IReadOnlyList<string> Events,
    WireConfiguration Configuration,
    bool SslVerificationRequired
);

internal sealed record WireConfiguration(string Secret);

internal sealed record WireStatus(string Key, string State, string Url, string Name, string Description);

internal sealed record WireErrors(IReadOnlyList<WireError>? Errors);

internal sealed record WireError(string? ExceptionName);

/// <summary>From their words into ours.</summary>
internal static class DataCenterWire
{
    private const int LongestText = 255;

    public static HostedRepository Plain(WireRepository wire) =>
        new(Text(wire.Id), $"{wire.Project?.Key}/{wire.Slug}")
        {
            IsPrivate = !wire.Public,
            IsArchived = wire.Archived,
            Page = wire.Links?.Self?.FirstOrDefault()?.Href,
        };

    public static HostedHook Plain(WireHook wire) =>
        new(Text(wire.Id), wire.Url ?? "")
        {
            IsActive = wire.Active,
            HearsAll = DataCenterPayload.Wanted.All((wire.Events ?? []).Contains),
        };

    public static WireHookWish Of(HookWish wish) =>
        new(
            "Fairlead",
            wish.Url.AbsoluteUri,
            true,
            DataCenterPayload.Wanted,
            new WireConfiguration(wish.Secret.Reveal()),
            SslVerificationRequired: true
        );

    public static WireStatus Of(CommitStatus status) =>
        new(
            RestText.Key(status.Context, LongestText),
            status.State switch
            {
                CommitState.Pending => "INPROGRESS",
                CommitState.Success => "SUCCESSFUL",
                CommitState.Failure => "FAILED",
                _ => "CANCELLED",
            },
            status.Link.AbsoluteUri,
            RestText.Cut(status.Context, LongestText),
            RestText.Cut(status.Description, LongestText)
        );

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
