using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Providers.Rest;

internal static class RestText
{
    private const int DigestLength = 12;

    /// <summary>At most so many characters; dots say that there was more.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 3), "...");

    /// <summary>
    /// At most so many characters, and still another for another text: what is too long ends in a digest of the whole.
    /// </summary>
    public static string Key(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
        return $"{text[..(most - DigestLength - 1)]}~{digest}";
    }

    /// <summary>JSON inside an answer, as a body of its own; some hosts put it in quotes.</summary>
    public static byte[] Bytes(JsonElement? inner) =>
        inner is { ValueKind: not JsonValueKind.Null } there
            ? Encoding.UTF8.GetBytes(there.ValueKind == JsonValueKind.String ? there.GetString()! : there.GetRawText())
            : [];
}
