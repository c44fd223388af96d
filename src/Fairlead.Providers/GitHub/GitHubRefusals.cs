using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>What refusals mean here (facts/codehosts.md 2.5, 2.6).</summary>
internal static partial class GitHubRefusals
{
    public static Failure? Explain(string host, RestCall call, GuardedResponse response)
    {
        if (response.Status is 403 or 429 && IsLimit(response))
            return Limited(host, response);
        if (response.Status == 403 && Says(response, "suspended"))
            return GitHubFailures.Suspended;
        return response.Status is 403 or 404 && Needed(response) is { } need
            ? RestFailures.NotAllowed(host, need)
            : null;
    }

    /// <summary>The first limit shows in a header, the second only in the prose of the body.</summary>
    private static bool IsLimit(GuardedResponse response) =>
        response.Status == 429
        || One(response, "x-ratelimit-remaining") == "0"
        || One(response, "Retry-After") is not null
        || Says(response, "secondary rate limit");

    /// <summary>Some reasons stand nowhere but in the prose.</summary>
    public static bool Says(GuardedResponse response, string words) =>
        Encoding.UTF8.GetString(response.Body).Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The second limit has its own end, a minute where none is told; the header of the first is of no use for it.
    /// Times are the host's, by its clock.
    /// </summary>
    private static Failure Limited(string host, GuardedResponse response)
    {
        DateTimeOffset? now = DateTimeOffset.TryParse(One(response, "Date"), CultureInfo.InvariantCulture, out var date)
            ? date
            : null;
        var until =
            One(response, "x-ratelimit-remaining") == "0" ? ResetOf(response)
            : now is { } at ? RestRefusals.RetryAt(response, at) ?? at.AddMinutes(1)
            : null;
        return RestFailures.RateLimited(host, until, now);
    }

    private static DateTimeOffset? ResetOf(GuardedResponse response) =>
        long.TryParse(One(response, "x-ratelimit-reset"), CultureInfo.InvariantCulture, out var reset)
        && reset is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(reset)
            : null;

    /// <summary>
    /// What would have been enough, where the token has none of it. Without a scope, what exists answers 404 too.
    /// </summary>
    private static string? Needed(GuardedResponse response)
    {
        if (response.Status == 403 && One(response, "X-Accepted-GitHub-Permissions") is { } permissions)
            return Clean(permissions);
        if (
            One(response, "X-Accepted-OAuth-Scopes") is not { } accepted
            || One(response, "X-OAuth-Scopes") is not { } held
        )
            return null;
        var enough = GitHubScopes.Parse(accepted);
        return enough.Count == 0 || GitHubScopes.WithImplied(GitHubScopes.Parse(held)).Overlaps(enough)
            ? null
            : Clean(string.Join(", ", enough));
    }

    private static string? One(GuardedResponse response, string name) => response.Header(name).FirstOrDefault();

    /// <summary>Names of privileges only: the header is the other side's word.</summary>
    private static string? Clean(string words) => Names().IsMatch(words) ? words.Replace(";", "; ") : null;

    [GeneratedRegex("^[a-z_:=;, ]{1,200}$")]
    private static partial Regex Names();
}
