using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>
/// What our uses need, in the spelling of API tokens and in the older one that access tokens have
/// (facts/codehosts.md 5). A commit's status takes no more than reading the code.
/// </summary>
internal static class BitbucketScopes
{
    public const string Header = "x-oauth-scopes";

    private static readonly (string Newer, string Older, string Breaks)[] All =
    [
        ("read:repository:bitbucket", "repository", "code cannot be read"),
        ("read:webhook:bitbucket", "webhook", "hooks cannot be registered"),
        ("write:webhook:bitbucket", "webhook", "hooks cannot be registered"),
        ("delete:webhook:bitbucket", "webhook", "hooks cannot be removed"),
        ("read:pullrequest:bitbucket", "pullrequest", "hooks cannot hear of pull requests"),
    ];

    private static readonly (string Newer, string Older, string Breaks) Listing = (
        "read:workspace:bitbucket",
        "account",
        "repositories cannot be listed"
    );

    /// <summary>Used where it is there; nothing fails without.</summary>
    private static readonly string[] Welcome =
    [
        "read:user:bitbucket",
        "account",
        "email",
        "write:repository:bitbucket",
        "repository:write",
    ];

    private static readonly Dictionary<string, string[]> Implied = new()
    {
        ["repository:write"] = ["repository"],
        ["pullrequest"] = ["repository"],
        ["pullrequest:write"] = ["pullrequest", "repository", "repository:write"],
        ["project"] = ["repository"],
        ["account:write"] = ["account"],
    };

    /// <summary>The scopes in a header; null without the header.</summary>
    public static IReadOnlyList<string>? Of(string? header) =>
        header?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <param name="lists">The workspaces are asked for, not known.</param>
    public static IReadOnlyList<PrivilegeNeed> Needs(bool isPerson, bool lists) =>
        [
            .. All.Concat(lists ? [Listing] : [])
                .Select(need => new PrivilegeNeed(
                    isPerson ? [need.Newer, need.Older] : [need.Older, need.Newer],
                    need.Breaks
                ))
                .DistinctBy(need => need.AnyOf[0]),
        ];

    /// <param name="held">Null when the host did not tell.</param>
    /// <param name="lists">The workspaces are asked for, not known.</param>
    public static PrivilegeReport Report(string identity, IReadOnlyList<string>? held, bool isPerson, bool lists)
    {
        var with = held is null ? null : WithImplied(held);
        var report = PrivilegeReport.Of(identity, with, Needs(isPerson, lists), expiresAt: null);
        return report with
        {
            Granted = held ?? [],
            Excess = [.. report.Excess.Where(name => held!.Contains(name) && !IsWelcome(name))],
        };
    }

    private static bool IsWelcome(string name) =>
        Welcome.Contains(name) || name == Listing.Newer || name == Listing.Older;

    private static IReadOnlyList<string> WithImplied(IReadOnlyList<string> held) =>
        [.. held.Concat(held.SelectMany(scope => Implied.GetValueOrDefault(scope, []))).Distinct()];
}
