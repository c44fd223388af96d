using System.Text;

namespace Fairlead.Server.Access;

/// <summary>
/// API tokens: <c>flt_</c>, 32 random characters of base 62, and a CRC-32 of these in six more. The checksum lets
/// scanners find leaked tokens without guessing, and lets us drop made-up ones before asking the database.
/// </summary>
internal static class TokenFormat
{
    public const string Prefix = "flt_";
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;

    public static string Make()
    {
        var random = RandomText.Make();
        return $"{Prefix}{random}{Checksum(random)}";
    }

    public static bool IsWellFormed(string token) =>
        token.Length == Prefix.Length + RandomLength + ChecksumLength
        && token.StartsWith(Prefix, StringComparison.Ordinal)
        && token.AsSpan(Prefix.Length).IndexOfAnyExcept(RandomText.Base62) < 0
        && token.EndsWith(Checksum(token.Substring(Prefix.Length, RandomLength)), StringComparison.Ordinal);

    private static string Checksum(string random)
    {
        var rest = Crc32(Encoding.ASCII.GetBytes(random));
        return string.Create(
            ChecksumLength,
            rest,
            (text, left) =>
            {
                for (var i = text.Length - 1; i >= 0; i--, left /= 62)
                    text[i] = RandomText.Base62[(int)(left % 62)];
            }
        );
    }

    /// <summary>ISO 3309, as in gzip.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
