using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>What refusals mean here: a 403 tells its cause in its message. One for each client.</summary>
internal sealed partial class GiteaRefusals
{
    /// <summary>All scopes of the token, once a refusal told them; newer hosts do, in the words of its owner.</summary>
    public IReadOnlyList<string>? Held { get; private set; }

    /// <summary>The last refusal was for want of a scope, and of nothing else.</summary>
    public bool WantedScope { get; private set; }

    public Failure? Explain(string host, RestCall call, GuardedResponse response)
    {
        WantedScope = false;
        if (response.Status != 403 || response.Json<WireMessage>()?.Message is not { } message)
            return null;
        if (message.StartsWith("webhooks disabled", StringComparison.Ordinal))
            return GiteaFailures.HooksOff(host);
        if (message.Contains("admin write of a repository", StringComparison.Ordinal))
            return RestFailures.NotAllowed(host, "administrator of the repository");
        var needed = Needed(message);
        WantedScope = needed is not null;
        Held ??= Tells().Match(message) is { Success: true } told
            ? GiteaScopes.Parse(told.Groups["names"].Value)
            : null;
        return RestFailures.NotAllowed(host, needed);
    }

    /// <summary>
    /// <c>required=[read:user], token scope=...</c>; older versions and the fork write <c>scope(s): [read:user]</c>.
    /// </summary>
    private static string? Needed(string message) =>
        Required().Match(message) is { Success: true } found ? found.Groups["names"].Value.Replace(" ", ", ") : null;

    [GeneratedRegex(@"required scope\(s\)(, required=|: )\[(?<names>[a-z: ]{1,200})\]")]
    private static partial Regex Required();

    [GeneratedRegex(@"token scope=(?<names>[a-z:,-]{1,500})$")]
    private static partial Regex Tells();
}
