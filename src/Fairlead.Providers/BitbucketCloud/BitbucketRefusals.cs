using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>What refusals mean here (facts/codehosts.md 2.6, 5). One for each client.</summary>
internal sealed partial class BitbucketRefusals
{
    /// <summary>All scopes of the credential, once a refusal told them.</summary>
    public IReadOnlyList<string>? Held { get; private set; }

    public Failure? Explain(string host, RestCall call, GuardedResponse response)
    {
        Held ??= BitbucketScopes.Of(response.Header(BitbucketScopes.Header).FirstOrDefault());
        return response.Status switch
        {
            401 => BitbucketFailures.LoginRefused(host),
            403 => RestFailures.NotAllowed(host, Needed(response)),
            400 when call.Method != HttpMethod.Get && call.Path.Contains("/hooks") => BitbucketFailures.HookAddress(
                host
            ),
            _ => null,
        };
    }

    /// <summary>
    /// The scopes that the answer says are required; names only, for the answer is the other side's word.
    /// </summary>
    private static string? Needed(GuardedResponse response)
    {
        if (
            response.Json<WireRefusal>()?.Error?.Detail is not { ValueKind: JsonValueKind.Object } detail
            || !detail.TryGetProperty("required", out var required)
            || required.ValueKind != JsonValueKind.Array
        )
            return null;
        var names = required
            .EnumerateArray()
            .Where(one => one.ValueKind == JsonValueKind.String)
            .Select(one => one.GetString()!)
            .Where(name => Name().IsMatch(name))
            .Take(5)
            .ToList();
        return names.Count > 0 ? string.Join(", ", names) : null;
    }

    [GeneratedRegex("^[a-z:_-]{1,60}$")]
    private static partial Regex Name();
}
