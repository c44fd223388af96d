using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>What refusals mean here (facts/codehosts.md 2.6, 2.8).</summary>
internal static partial class GitLabRefusals
{
    public static Failure? Explain(string host, RestCall call, GuardedResponse response) =>
        response.Status switch
        {
            400 when Says(response, "Cannot transition status") => GitLabFailures.CannotTransition(host),
            422 when Says(response, "Invalid url given") => GitLabFailures.HookAddress(host),
            403 when response.Json<Refusal>() is { Error: "insufficient_scope" } refusal => RestFailures.NotAllowed(
                host,
                Clean(refusal.Scope)
            ),
            // Without a scope, it is the role in the project or group that is too small.
            403 => RestFailures.NotAllowed(host, "the role Maintainer in the project, or in a group above it"),
            _ => null,
        };

    private static bool Says(GuardedResponse response, string words) =>
        Encoding.UTF8.GetString(response.Body).Contains(words, StringComparison.Ordinal);

    /// <summary>Names of scopes only, the narrowest last: the body is the other side's word.</summary>
    private static string? Clean(string? scopes) =>
        scopes is not null && Names().IsMatch(scopes) ? scopes.Replace(" ", ", ") : null;

    [GeneratedRegex(@"\A[a-z_ ]{1,200}\z")]
    private static partial Regex Names();

    private sealed record Refusal(string? Error, string? Scope);
}
