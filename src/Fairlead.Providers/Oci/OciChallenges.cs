using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Fairlead.Providers.Oci;

/// <summary>Reads <c>WWW-Authenticate</c>; of several challenges a token service is preferred.</summary>
internal static partial class OciChallenges
{
    public static OciChallenge? Of(IEnumerable<string> headers) =>
        headers
            .Select(Parse)
            .OfType<OciChallenge>()
            .OrderBy(challenge => challenge.Scheme == "bearer" ? 0 : 1)
            .FirstOrDefault();

    private static OciChallenge? Parse(string header)
    {
        if (header.Length > 4096 || !AuthenticationHeaderValue.TryParse(header, out var value))
            return null;
        var scheme = value.Scheme.ToLowerInvariant();
        if (scheme is not ("basic" or "bearer"))
            return null;
        var parts = Pair()
            .Matches(value.Parameter ?? "")
            .GroupBy(match => match.Groups[1].Value.ToLowerInvariant())
            .ToDictionary(group => group.Key, group => group.First().Groups[2].Value);
        return new OciChallenge(scheme, parts.GetValueOrDefault("realm"), parts.GetValueOrDefault("service"));
    }

    [GeneratedRegex("""([A-Za-z_]+)="([^"]*)"[,\s]*""", RegexOptions.NonBacktracking)]
    private static partial Regex Pair();
}
