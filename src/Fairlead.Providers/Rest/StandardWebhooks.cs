using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>
/// The signature of the Standard Webhooks specification, version 1: HMAC-SHA256 over <c>id.timestamp.body</c>. Id and
/// time are part of what is signed, so a delivery recorded by somebody is worth nothing after five minutes.
/// </summary>
internal static class StandardWebhooks
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string Signature = "webhook-signature";

    private const string Version = "v1,";
    private const int MostSignatures = 10;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether one of the keys made one of the signatures. Takes the same time whichever did, or none.
    /// </summary>
    public static bool Fits(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        var (id, written) = (header(Id), header(Timestamp));
        if (string.IsNullOrEmpty(id) || Time(written) is not { } at || (now - at).Duration() > Skew)
            return false;
        var given = Digests(header(Signature) ?? "");
        var start = Encoding.UTF8.GetBytes($"{id}.{written}.");
        var fits = false;
        foreach (var key in keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmac.AppendData(start);
            hmac.AppendData(body);
            var expected = hmac.GetHashAndReset();
            foreach (var digest in given)
                fits |= CryptographicOperations.FixedTimeEquals(expected, digest);
        }
        return fits;
    }

    /// <summary>Seconds since 1970; null for anything else.</summary>
    public static DateTimeOffset? Time(string? written) =>
        long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>A sender that changes its key sends one for the old and one for the new.</summary>
    private static List<byte[]> Digests(string header)
    {
        var all = new List<byte[]>();
        foreach (var part in header.Split(' ', MostSignatures + 1).Take(MostSignatures))
        {
            var digest = new byte[SHA256.HashSizeInBytes];
            if (
                part.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(part[Version.Length..], digest, out var length)
                && length == digest.Length
            )
                all.Add(digest);
        }
        return all;
    }
}
