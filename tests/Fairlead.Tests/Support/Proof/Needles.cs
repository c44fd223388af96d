using System.Buffers;
using System.Text;

namespace Fairlead.Tests.Support.Proof;

/// <summary>A secret found where it must not be.</summary>
internal sealed record Hit(string Canary, string Encoding, string Sink, string Where);

/// <summary>
/// Every form in which a secret may lie about: as it is, UTF-16, hex, base64 (both alphabets, whatever stands before
/// it), percent-encoded, escaped for JSON or HTML. Written without a look at the product's own masker.
/// </summary>
internal sealed class Needles
{
    private readonly Dictionary<string, (string Canary, string Encoding)> _forms = [];
    private readonly SearchValues<string> _search;
    private readonly int _longest;

    public Needles(IEnumerable<(string Kind, byte[] Value)> canaries)
    {
        foreach (var (kind, value) in canaries)
        foreach (var (encoding, form) in Forms(value))
            _forms.TryAdd(form, (kind, encoding));
        _search = SearchValues.Create([.. _forms.Keys], StringComparison.Ordinal);
        _longest = _forms.Keys.Max(form => form.Length);
    }

    /// <summary>All forms of all secrets in these bytes, each once.</summary>
    public IEnumerable<Hit> In(string sink, string where, byte[] bytes)
    {
        // One byte, one character: what is looked for are bytes.
        var text = Encoding.Latin1.GetString(bytes);
        var found = new HashSet<string>();
        for (var at = 0; text.AsSpan(at).IndexOfAny(_search) is >= 0 and var next; at += next + 1)
        {
            var here = text.AsSpan(at + next, Math.Min(_longest, text.Length - at - next));
            foreach (var form in _forms.Keys)
                if (here.StartsWith(form, StringComparison.Ordinal))
                    found.Add(form);
        }
        return found.Select(form => new Hit(_forms[form].Canary, _forms[form].Encoding, sink, where)).Distinct();
    }

    private static IEnumerable<(string Encoding, string Form)> Forms(byte[] value)
    {
        yield return ("raw", Encoding.Latin1.GetString(value));
        yield return ("hex", Convert.ToHexStringLower(value));
        yield return ("HEX", Convert.ToHexString(value));
        for (var offset = 0; offset < 3; offset++)
        {
            var form = Base64(value, offset);
            yield return ($"base64+{offset}", form);
            yield return ($"base64url+{offset}", form.Replace('+', '-').Replace('/', '_'));
        }
        if (!value.All(one => one < 128))
            yield break;
        var text = Encoding.ASCII.GetString(value);
        yield return ("utf-16le", Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text)));
        yield return ("url", Uri.EscapeDataString(text));
        yield return ("form", System.Net.WebUtility.UrlEncode(text));
        yield return ("json", System.Text.Json.JsonSerializer.Serialize(text)[1..^1]);
        yield return ("html", System.Net.WebUtility.HtmlEncode(text));
    }

    /// <summary>Without the characters at either end that depend on what stands around it.</summary>
    private static string Base64(byte[] value, int offset)
    {
        var whole = Convert.ToBase64String([.. new byte[offset], .. value]).TrimEnd('=');
        var end = (value.Length + offset) % 3 == 0 ? whole.Length : whole.Length - 1;
        return whole[(offset == 0 ? 0 : offset + 1)..end];
    }
}
