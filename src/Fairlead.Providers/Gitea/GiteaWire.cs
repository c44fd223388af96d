using System.Globalization;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Gitea;

internal sealed record WireUser(string? Login);

internal sealed record WireRepository(long Id, string? FullName)
{
    public string? DefaultBranch { get; init; }
    public bool Empty { get; init; }
    public bool Private { get; init; }
    public bool Archived { get; init; }
    public string? HtmlUrl { get; init; }
}

internal sealed record WireHook(long Id, bool Active)
{
    public IReadOnlyList<string>? Events { get; init; }
    public string? BranchFilter { get; init; }
    public WireHookConfig? Config { get; init; }
}

internal sealed record WireHookConfig(string? Url, string? ContentType);

/// <param name="Type">Only of a new one: it cannot be changed.</param>
/// <param name="Active">False unless it is said.</param>
internal sealed record WireHookWish(
    string? Type,
    bool Active,
    string BranchFilter,
    IReadOnlyList<string> Events,
    WireWishedConfig Config
);

internal sealed record WireWishedConfig(string Url, string ContentType, string Secret);

internal sealed record WireStatus(string State, string Context, string Description, string TargetUrl);

internal sealed record WireMessage(string? Message);

/// <summary>From their words into ours.</summary>
internal static class GiteaWire
{
    private const string EveryBranch = "*";

    public static HostedRepository Plain(WireRepository wire) =>
        new(Text(wire.Id), wire.FullName ?? "")
        {
            DefaultBranch = wire.Empty ? null : wire.DefaultBranch,
            IsPrivate = wire.Private,
            IsArchived = wire.Archived,
            Page = wire.HtmlUrl,
        };

    public static HostedHook Plain(WireHook wire) =>
        new(Text(wire.Id), wire.Config?.Url ?? "")
        {
            IsActive = wire.Active,
            HearsAll =
                wire.Config?.ContentType == "json"
                && wire.BranchFilter is null or "" or EveryBranch
                && GiteaPayload.Wanted.All((wire.Events ?? []).Contains),
        };

    public static WireHookWish New(HookWish wish) => Changed(wish) with { Type = "gitea" };

    /// <summary>All of it: what a change leaves out falls back to a standard.</summary>
    public static WireHookWish Changed(HookWish wish) =>
        new(null, true, EveryBranch, GiteaPayload.Wanted, new(wish.Url.AbsoluteUri, "json", wish.Secret.Reveal()));

    public static WireStatus Of(CommitStatus status) =>
        new(Word(status.State), status.Context, status.Description, status.Link.AbsoluteUri);

    private static string Word(CommitState state) =>
        state switch
        {
            CommitState.Pending => "pending",
            CommitState.Success => "success",
            CommitState.Failure => "failure",
            _ => "error",
        };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
