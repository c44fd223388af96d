using System.Text.Json;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <param name="Next">Null or empty on the last page.</param>
internal sealed record WirePage<T>(IReadOnlyList<T>? Values, string? Next);

internal sealed record WireAccess(WireWorkspace? Workspace);

internal sealed record WireWorkspace(string? Slug);

/// <param name="Username">Only told to the account itself.</param>
internal sealed record WireUser(string? Username, string? Nickname, string? DisplayName)
{
    public string Name => Username ?? Nickname ?? DisplayName ?? "";
}

internal sealed record WireRepository(string? Uuid, string? FullName)
{
    public WireNamed? Mainbranch { get; init; }
    public bool IsPrivate { get; init; }
    public WireLinks? Links { get; init; }
}

internal sealed record WireNamed(string? Name);

internal sealed record WireRequest(long Id, string? Title, WireEnd? Source, WireEnd? Destination)
{
    /// <summary>
    /// Null where it is not what the host documents. Its commit is short, and the base repository has it only where
    /// it comes from there (facts/codehosts.md 2.1).
    /// </summary>
    public OpenRequest? Open() =>
        this is { Id: > 0, Source: { Branch.Name: { } source, Commit.Hash: { } head }, Destination.Branch.Name: { } to }
            ? new OpenRequest(
                Id,
                OpenRequest.Plain(Title),
                source,
                to,
                head,
                IsFork,
                IsFork ? null : "refs/heads/" + source
            )
            : null;

    private bool IsFork => Source?.Repository?.Uuid is not { } from || from != Destination?.Repository?.Uuid;
}

internal sealed record WireEnd(WireNamed? Branch, WireCommit? Commit, WireRepository? Repository);

internal sealed record WireCommit(string? Hash);

internal sealed record WireLinks(WireLink? Html);

internal sealed record WireLink(string? Href);

internal sealed record WireHook(string? Uuid, string? Url, bool Active, IReadOnlyList<string>? Events);

internal sealed record WireHookWish(
    string Description,
    string Url,
    bool Active,
    string Secret,
    IReadOnlyList<string> Events
);

internal sealed record WireStatus(string Key, string Name, string State, string Description, string Url);

internal sealed record WireRefusal(WireError? Error);

/// <param name="Detail">An object where privileges lack, else text or nothing.</param>
internal sealed record WireError(JsonElement Detail);

/// <summary>From their words into ours.</summary>
internal static class BitbucketWire
{
    private const int LongestKey = 40;
    private const int LongestText = 255;

    public static HostedRepository Plain(WireRepository wire) =>
        new(wire.Uuid ?? "", wire.FullName ?? "")
        {
            DefaultBranch = wire.Mainbranch?.Name,
            IsPrivate = wire.IsPrivate,
            Page = wire.Links?.Html?.Href,
        };

    public static HostedHook Plain(WireHook wire) =>
        new(wire.Uuid ?? "", wire.Url ?? "")
        {
            IsActive = wire.Active,
            HearsAll = BitbucketPayload.Wanted.All((wire.Events ?? []).Contains),
        };

    public static WireHookWish Of(HookWish wish) =>
        new("Fairlead", wish.Url.AbsoluteUri, true, wish.Secret.Reveal(), BitbucketPayload.Wanted);

    public static WireStatus Of(CommitStatus status) =>
        new(
            RestText.Key(status.Context, LongestKey),
            RestText.Cut(status.Context, LongestText),
            status.State switch
            {
                CommitState.Pending => "INPROGRESS",
                CommitState.Success => "SUCCESSFUL",
                CommitState.Failure => "FAILED",
                _ => "STOPPED",
            },
            RestText.Cut(status.Description, LongestText),
            status.Link.AbsoluteUri
        );
}
