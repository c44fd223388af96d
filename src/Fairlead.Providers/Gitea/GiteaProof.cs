using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.Gitea;

/// <summary>
/// The proof of a delivery: bare hex of an HMAC-SHA256 over the JSON. Without a secret the host sends the header with
/// nothing in it, which proves nothing. The headers of another host that it also sends are not looked at.
/// </summary>
internal static class GiteaProof
{
    private static readonly string[] Headers = ["X-Gitea-Signature", "X-Forgejo-Signature"];

    public static byte[]? Of(HeaderOf header) =>
        Headers.Select(name => header(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } hex
            ? HubSignature.ParseBare(hex)
            : null;

    public static bool Fits(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        Of(header) is { } digest && HubSignature.Fits(digest, body, secrets, least: 1);

    /// <summary>By either name of the host.</summary>
    public static string? Told(HeaderOf header, string name) =>
        header("X-Gitea-" + name) ?? header("X-Forgejo-" + name);
}
