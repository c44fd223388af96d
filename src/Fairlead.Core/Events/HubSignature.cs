using System.Security.Cryptography;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Events;

/// <summary>HMAC-SHA256 over the raw body, as <c>X-Hub-Signature-256: sha256=HEX</c>.</summary>
public static class HubSignature
{
    public const string Header = "X-Hub-Signature-256";

    /// <summary>No shorter secret opens a hook (facts/security.md T15).</summary>
    public const int LeastSecretBytes = 32;

    private const string Prefix = "sha256=";

    /// <summary>The digest in the header, or null for anything that is none.</summary>
    public static byte[]? Parse(string? header) =>
        header is not null && header.StartsWith(Prefix, StringComparison.Ordinal)
            ? ParseBare(header.AsSpan(Prefix.Length))
            : null;

    /// <summary>The digest of a host that writes it without a prefix, or null for anything that is none.</summary>
    public static byte[]? ParseBare(ReadOnlySpan<char> hex)
    {
        if (hex.Length != 2 * SHA256.HashSizeInBytes)
            return null;
        var digest = new byte[SHA256.HashSizeInBytes];
        var status = Convert.FromHexString(hex, digest, out _, out _);
        return status == System.Buffers.OperationStatus.Done ? digest : null;
    }

    /// <summary>Whether one of the secrets made it. Takes the same time whichever does, or none.</summary>
    /// <param name="least">Shorter secrets than this open nothing; 1 where all were made here.</param>
    public static bool Fits(
        ReadOnlySpan<byte> digest,
        ReadOnlySpan<byte> body,
        IReadOnlyList<Secret> secrets,
        int least = LeastSecretBytes
    )
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        var fits = false;
        foreach (var secret in secrets)
        {
            if (secret.Bytes.Length < least)
                continue;
            HMACSHA256.HashData(secret.Bytes, body, expected);
            fits |= CryptographicOperations.FixedTimeEquals(expected, digest);
        }
        return fits;
    }
}
