using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.Rest;

/// <summary>
/// The proof of hosts that sign with SHA-256 under a header that others use for SHA-1: <c>X-Hub-Signature</c>
/// (facts/codehosts.md 2.2).
/// </summary>
internal static class HubProof
{
    private const string Header = "X-Hub-Signature";

    public static bool IsIn(HeaderOf header) => HubSignature.Parse(header(Header)) is not null;

    public static bool Fits(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        HubSignature.Parse(header(Header)) is { } digest && HubSignature.Fits(digest, body, secrets, 1);
}
