using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Fairlead.Core.Masking;

/// <summary>The ways programs write a value into JSON, shell, XML, compose files and addresses.</summary>
internal static class EscapedForms
{
    private const string ShellSpecials = " \t\"'\\$`!#&*()[]{}<>|;?~^%=";

    public static IEnumerable<string> Of(string value) =>
        [.. Json(value), .. Shell(value), .. Markup(value), .. Url(value)];

    private static IEnumerable<string> Json(string value)
    {
        var relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
        var html = relaxed.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");
        var strict = JavaScriptEncoder.Default.Encode(value);
        return [relaxed, relaxed.Replace("/", "\\/"), html, strict, LowerEscapes(strict, "\\u", 4), Ascii(relaxed)];
    }

    private static IEnumerable<string> Shell(string value) =>
        [
            value.Replace("'", "'\\''"),
            value.Replace("'", "'\"'\"'"),
            Prefix(value, ShellSpecials),
            Prefix(value, "\"\\$`"),
            value.Replace("$", "$$"),
        ];

    private static IEnumerable<string> Markup(string value)
    {
        var text = value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        return
        [
            text,
            WebUtility.HtmlEncode(value),
            text.Replace("\"", "&quot;"),
            text.Replace("\"", "&quot;").Replace("'", "&apos;"),
            text.Replace("\"", "&quot;").Replace("'", "&#39;"),
            text.Replace("\"", "&#34;").Replace("'", "&#39;"),
        ];
    }

    private static IEnumerable<string> Url(string value)
    {
        var upper = Uri.EscapeDataString(value);
        return
        [
            upper,
            LowerEscapes(upper, "%", 2),
            upper.Replace("%20", "+"),
            LowerEscapes(upper, "%", 2).Replace("%20", "+"),
            Uri.EscapeDataString(upper),
        ];
    }

    /// <summary>Puts a backslash before each of <paramref name="specials"/>.</summary>
    private static string Prefix(string value, string specials)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var letter in value)
            (specials.Contains(letter) ? text.Append('\\') : text).Append(letter);
        return text.ToString();
    }

    private static string Ascii(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
            _ = letter < 128 ? text.Append(letter) : text.Append($"\\u{(int)letter:x4}");
        return text.ToString();
    }

    /// <summary>Writes the hexadecimal digits after each <paramref name="mark"/> in lower case.</summary>
    private static string LowerEscapes(string value, string mark, int digits)
    {
        var text = new StringBuilder(value);
        for (
            var at = value.IndexOf(mark, StringComparison.Ordinal);
            at >= 0;
            at = value.IndexOf(mark, at + mark.Length, StringComparison.Ordinal)
        )
        {
            for (var i = at + mark.Length; i < Math.Min(at + mark.Length + digits, text.Length); i++)
                text[i] = char.ToLowerInvariant(text[i]);
        }
        return text.ToString();
    }
}
