using System.Text;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Masking;

/// <summary>
/// Every form of a secret that masking promises to find: as it is, line by line, escaped for JSON, shell, XML and
/// compose files, percent-encoded, hexadecimal, base64 at any byte offset (also twice, also wrapped), and as part of
/// Basic authentication. Not found, and said so in the docs: reversed, one character a line, encrypted.
/// </summary>
public static class SecretForms
{
    /// <summary>Shorter values cannot be told from ordinary words and are left alone.</summary>
    public const int ShortestLine = 4;

    /// <summary>Shorter encodings of a value would hit ordinary text.</summary>
    private const int ShortestForm = 6;

    /// <param name="username">
    /// What stands before the colon when the secret is a password: masks the Basic blob whole.
    /// </param>
    public static IReadOnlyList<byte[]> Of(Secret secret, string? username = null)
    {
        var forms = new HashSet<byte[]>(ByteComparer.It);
        var text = secret.Reveal();
        foreach (var value in Values(text))
            AddForms(forms, value);
        if (username is not null && text.Length >= ShortestLine)
            forms.Add(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{text}"))));
        return [.. forms];
    }

    private static IEnumerable<string> Values(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim());
        return lines.Append(text).Append(text.Trim()).Where(value => value.Length >= ShortestLine).Distinct();
    }

    private static void AddForms(HashSet<byte[]> forms, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        forms.Add(utf8);
        var encoded = EscapedForms
            .Of(value)
            .Append(Convert.ToHexString(utf8))
            .Append(Convert.ToHexStringLower(utf8))
            .Concat(Base64Forms.Of(utf8));
        foreach (var form in encoded.Where(form => form.Length >= ShortestForm))
            forms.Add(Encoding.UTF8.GetBytes(form));
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>
    {
        public static readonly ByteComparer It = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
