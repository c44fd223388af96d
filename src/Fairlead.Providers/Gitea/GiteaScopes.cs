using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Gitea;

/// <summary>
/// Scopes of tokens, and what our uses need of them (facts/codehosts.md 7). Writing includes reading.
/// </summary>
internal static class GiteaScopes
{
    public const string ReadCode = "read:repository";
    public const string WriteCode = "write:repository";
    public const string ReadUser = "read:user";

    private const string Everything = "all";

    /// <summary>There is no narrower scope that lets hooks or statuses be written.</summary>
    public static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new([ReadUser, "write:user"], "the account behind the token cannot be told"),
        new([ReadCode, WriteCode], "code cannot be read"),
        new([WriteCode], "hooks cannot be registered"),
        new([WriteCode], "commit statuses cannot be set"),
    ];

    public static IReadOnlyList<string> Parse(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of a token whose scopes the host told.</summary>
    public static PrivilegeReport Told(string identity, IReadOnlyList<string> held)
    {
        if (!held.Contains(Everything))
            return PrivilegeReport.Of(identity, held, Needs, expiresAt: null);
        return new PrivilegeReport(identity)
        {
            HostTells = true,
            Granted = held,
            Excess = [Everything],
        };
    }

    /// <summary>Of a token whose scopes were found out by trying: what else it may do is not known.</summary>
    public static PrivilegeReport Tried(string identity, IReadOnlyList<string> found) =>
        PrivilegeReport.Of(identity, found, Needs, expiresAt: null) with
        {
            HostTells = false,
        };
}
