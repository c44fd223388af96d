using System.Net;
using System.Text;
using System.Text.Json;

namespace Fairlead.Tests.Unit.Masking;

/// <summary>
/// The declared encodings, written the way other programs write them: independently of the code under test.
/// </summary>
internal static class Encodings
{
    public static readonly IReadOnlyDictionary<string, Func<string, string>> All = new Dictionary<
        string,
        Func<string, string>
    >
    {
        ["raw"] = value => value,
        ["json"] = value => JsonSerializer.Serialize(value)[1..^1],
        ["shell"] = value => value.Replace("'", "'\\''"),
        ["xml"] = value => WebUtility.HtmlEncode(value),
        ["dollars"] = value => value.Replace("$", "$$"),
        ["url"] = WebUtility.UrlEncode,
        ["url-lower"] = value => LowerPercent(Uri.EscapeDataString(value)),
        ["base64"] = Base64,
        ["base64-url"] = value => Base64(value).Replace('+', '-').Replace('/', '_'),
        ["base64-twice"] = value => Base64(Base64(value)),
        ["hex"] = value => Convert.ToHexString(Encoding.UTF8.GetBytes(value)),
        ["hex-lower"] = value => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
    };

    public static readonly IReadOnlyDictionary<string, string> Shapes = new Dictionary<string, string>
    {
        ["token"] = "cnryTok8sFq2LzX9vB4nM7wQ1eR6tY3u",
        ["specials"] = "p$a\"s's\\w%o+r/d= 42 <&>",
        ["eight"] = "Zx8!kQ2w",
        ["unicode"] = "пароль-密码-ünï-🔑-end",
        ["pem"] = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEAv3\nq0p9s8d7f6g5h4j3k2\n-----END KEY-----\n",
        ["blob"] = "{\"type\": \"account\",\n \"key\": \"aB3$dE6+fG9/\"}",
        ["long"] = string.Concat(Enumerable.Range(0, 8192 / 8).Select(i => $"{i * 2654435761L % 99999989:x8}")),
    };

    public static readonly IReadOnlyDictionary<string, Func<byte[], IEnumerable<byte[]>>> Chunkings = new Dictionary<
        string,
        Func<byte[], IEnumerable<byte[]>>
    >
    {
        ["whole"] = bytes => [bytes],
        ["bytes"] = bytes => bytes.Chunk(1),
        ["threes"] = bytes => bytes.Chunk(3),
        ["sevens"] = bytes => bytes.Chunk(7),
        ["halves"] = bytes => bytes.Chunk(Math.Max(1, bytes.Length / 2)),
        ["all-but-one"] = bytes => bytes.Chunk(Math.Max(1, bytes.Length - 1)),
    };

    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    private static string LowerPercent(string value)
    {
        var text = value.ToCharArray();
        for (var i = 0; i + 2 < text.Length; i++)
            if (text[i] == '%')
                (text[i + 1], text[i + 2]) = (char.ToLowerInvariant(text[i + 1]), char.ToLowerInvariant(text[i + 2]));
        return new string(text);
    }
}
