using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.GitHub;

/// <summary>Scopes of classic tokens, and what our uses need of them (facts/codehosts.md 3.3).</summary>
internal static class GitHubScopes
{
    /// <summary>There is no scope that only reads private code.</summary>
    public static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new(["repo", "public_repo"], "code cannot be read"),
        new(["write:repo_hook", "admin:repo_hook", "repo", "public_repo"], "hooks cannot be registered"),
        new(["repo:status", "repo", "public_repo"], "commit statuses cannot be set"),
    ];

    private static readonly Dictionary<string, string[]> Implied = new()
    {
        ["repo"] = ["repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"],
        ["admin:repo_hook"] = ["write:repo_hook", "read:repo_hook"],
        ["write:repo_hook"] = ["read:repo_hook"],
        ["admin:org"] = ["write:org", "read:org", "manage_runners:org"],
        ["user"] = ["read:user", "user:email", "user:follow"],
    };

    public static IReadOnlyList<string> Parse(string header) =>
        header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static HashSet<string> WithImplied(IReadOnlyList<string> scopes) =>
        [.. scopes, .. scopes.SelectMany(scope => Implied.GetValueOrDefault(scope, []))];
}
