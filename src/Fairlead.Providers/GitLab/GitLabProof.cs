using System.Security.Cryptography;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>
/// Who sent a delivery (facts/codehosts.md 2.2): newer hosts sign it, older ones send the secret in clear. A signature
/// that does not fit is never made good by a token beside it.
/// </summary>
internal static class GitLabProof
{
    private const string Token = "X-Gitlab-Token";

    /// <summary>
    /// The key the host signs with, as it takes it. Made from the secret one way, so the one does not tell the other.
    /// </summary>
    public static string SigningToken(Secret secret) => "whsec_" + Convert.ToBase64String(Key(secret));

    public static bool IsCarried(HeaderOf header) =>
        header(StandardWebhooks.Signature) is { Length: > 0 } || header(Token) is { Length: > 0 };

    public static bool Fits(
        HeaderOf header,
        ReadOnlySpan<byte> body,
        IReadOnlyList<Secret> secrets,
        DateTimeOffset now
    ) =>
        header(StandardWebhooks.Signature) is not null
            ? StandardWebhooks.Fits(header, body, [.. secrets.Select(Key)], now)
            : PlainToken.Fits(header(Token), secrets);

    private static byte[] Key(Secret secret) => HMACSHA256.HashData(secret.Bytes, "webhook-signature"u8);
}
