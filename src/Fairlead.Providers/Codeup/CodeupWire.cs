using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <param name="Id">A word, not a number.</param>
internal sealed record WireUser(string? Id, string? Username, string? Name);

internal sealed record WireCloneUser(string? HttpsCloneUsername);

internal sealed record WireRepository(long Id, string? PathWithNamespace)
{
    /// <summary>Not in lists.</summary>
    public string? DefaultBranch { get; init; }

    public string? Visibility { get; init; }
    public bool? Archived { get; init; }
    public string? WebUrl { get; init; }

    /// <summary>40 may keep hooks.</summary>
    public int? AccessLevel { get; init; }
}

/// <summary>A change request. The host tells the branch it comes from, and not its commit.</summary>
internal sealed record WireRequest(long LocalId, string? Title, string? SourceBranch, string? TargetBranch)
{
    public long? SourceProjectId { get; init; }
    public long? TargetProjectId { get; init; }

    /// <summary><c>BRANCH</c>, or <c>COMMIT</c>.</summary>
    public string? SourceType { get; init; }

    /// <summary>Null when it lacks what every request has.</summary>
    /// <param name="repository">The one whose requests were asked for.</param>
    public OpenRequest? Open(long repository) =>
        this is { LocalId: > 0, SourceBranch: { } source, TargetBranch: { } to } && TargetProjectId == repository
            ? new OpenRequest(
                LocalId,
                OpenRequest.Plain(Title),
                source,
                to,
                Head: "",
                IsFork,
                IsFork || SourceType == "COMMIT" ? null : "refs/heads/" + source
            )
            : null;

    private bool IsFork => SourceProjectId != TargetProjectId;
}

internal sealed record WireHook(long Id, string? Url)
{
    public bool? PushEvents { get; init; }
    public bool? TagPushEvents { get; init; }
    public bool? MergeRequestsEvents { get; init; }
}

internal sealed record WireHookWish(string Url, string Token)
{
    public string Description { get; init; } = "Fairlead";
    public bool PushEvents { get; init; } = true;
    public bool TagPushEvents { get; init; } = true;
    public bool MergeRequestsEvents { get; init; } = true;
    public bool NoteEvents { get; init; }
    public bool EnableSslVerification { get; init; } = true;
}

internal sealed record WireDone(bool? Result);

internal sealed record WireStatus(string State, string Context, string Description, string TargetUrl);

/// <summary>Of the platform's answers and of the code API's; both name the cause in this field.</summary>
internal sealed record WireRefusal(string? ErrorCode);

/// <summary>From their words into ours.</summary>
internal static class CodeupWire
{
    private const int LongestContext = 50;
    private const int LongestDescription = 3000;

    public static HostedRepository Plain(WireRepository wire, CodeupSite site) =>
        new(Text(wire.Id), site.NameOf(wire.PathWithNamespace ?? ""))
        {
            DefaultBranch = wire.DefaultBranch,
            IsPrivate = wire.Visibility != "public",
            IsArchived = wire.Archived == true,
            Page = wire.WebUrl,
        };

    /// <summary>The host switches no hook off, and neither can people.</summary>
    public static HostedHook Plain(WireHook wire) =>
        new(Text(wire.Id), wire.Url ?? "")
        {
            IsActive = true,
            HearsAll = wire is { PushEvents: true, TagPushEvents: true, MergeRequestsEvents: true },
        };

    public static WireHookWish Of(HookWish wish) => new(wish.Url.AbsoluteUri, wish.Secret.Reveal());

    public static WireStatus Of(CommitStatus status) =>
        new(
            status.State switch
            {
                CommitState.Pending => "pending",
                CommitState.Success => "success",
                CommitState.Failure => "failure",
                _ => "error",
            },
            Context(status.Context),
            RestText.Cut(status.Description, LongestDescription),
            status.Link.AbsoluteUri
        );

    /// <summary>
    /// Merge gates go by this name, so one that is too long is cut to one that is always the same and nobody else's.
    /// </summary>
    private static string Context(string name)
    {
        if (name.Length <= LongestContext)
            return name;
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return $"{name[..(LongestContext - 9)]}~{mark}";
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
