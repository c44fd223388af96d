using System.Buffers;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Masking;

/// <summary>
/// Masks what looks like somebody's key although nobody told us of it: tokens with well-known prefixes, JSON web
/// tokens and private keys in PEM. Works line by line and remembers being inside a key. Not thread-safe.
/// </summary>
public sealed class TokenNet
{
    private const int ShortestToken = 20;
    private static readonly string[] Prefixes =
    [
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "flt_",
        "flj_",
        "fll_",
        "AKIA",
        "eyJ",
    ];
    private static readonly SearchValues<string> Starts = SearchValues.Create(Prefixes, StringComparison.Ordinal);
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
    );

    private bool _insideKey;

    public string Mask(string line)
    {
        var begins = line.Contains("-----BEGIN ", StringComparison.Ordinal) && Names(line);
        if (begins || _insideKey)
        {
            _insideKey = !line.Contains("-----END ", StringComparison.Ordinal);
            return Secret.Mask;
        }
        return MaskTokens(line);
    }

    private static bool Names(string line) => line.Contains("PRIVATE KEY", StringComparison.Ordinal);

    private static string MaskTokens(string line)
    {
        for (var from = 0; from < line.Length; )
        {
            var start = line.AsSpan(from).IndexOfAny(Starts);
            if (start < 0)
                break;
            start += from;
            var length = line.AsSpan(start).IndexOfAnyExcept(Letters) is var end and >= 0 ? end : line.Length - start;
            if (Standing(line, start) && IsToken(line.AsSpan(start, length)))
            {
                line = line[..start] + Secret.Mask + line[(start + length)..];
                length = Secret.Mask.Length;
            }
            from = start + length;
        }
        return line;
    }

    private static bool Standing(string line, int start) => start == 0 || !char.IsAsciiLetterOrDigit(line[start - 1]);

    private static bool IsToken(ReadOnlySpan<char> text) =>
        text.StartsWith("AKIA") ? text.Length == ShortestToken
        : text.StartsWith("eyJ") ? text.Length > 30 && text.Count('.') >= 1
        : text.Length >= ShortestToken;
}
