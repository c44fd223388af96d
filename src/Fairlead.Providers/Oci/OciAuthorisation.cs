using System.Net.Http.Headers;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;

namespace Fairlead.Providers.Oci;

/// <summary>How a registry asked who is there (<c>WWW-Authenticate</c>).</summary>
/// <param name="Scheme"><c>basic</c> or <c>bearer</c>, lower case.</param>
/// <param name="Realm">Where tokens are to be had; its word only, until it is compared with what was confirmed.</param>
public sealed record OciChallenge(string Scheme, string? Realm, string? Service);

/// <summary>Answers a registry's question who is there. Each caller brings the one that fits its keys.</summary>
public interface IOciAuthorisation
{
    /// <param name="scope">Null for the mere login.</param>
    /// <param name="challenge">Null before the registry has asked; it is asked anew for each scope.</param>
    /// <returns>The header to send, or null for none.</returns>
    Task<Outcome<OciHeader>> For(RegistryScope? scope, OciChallenge? challenge, CancellationToken cancel);
}

/// <param name="Value">Null: send nothing.</param>
public sealed record OciHeader(AuthenticationHeaderValue? Value)
{
    public static readonly OciHeader None = new((AuthenticationHeaderValue?)null);
}
