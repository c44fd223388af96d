using System.Buffers;
using System.Text;

namespace Fairlead.Runner.Logs;

/// <summary>
/// Text for a page and a terminal: no control characters but tabs and colours. What strangers print can otherwise
/// move the cursor, set titles, forge lines or turn the reading direction (facts/security.md T41, M20).
/// </summary>
internal static class PlainText
{
    private const char Escape = '\e';
    private const char Csi = '\u009b';
    private const int LongestColour = 32;

    /// <summary>C0, DEL, C1, line separators and everything that turns the reading direction.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (char)code).Where(letter => letter != '\t'),
        .. Enumerable.Range(0x7f, 0x21).Select(code => (char)code),
        .. "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    ]);

    /// <summary>One line as it may be stored and shown; the same instance when it is clean already.</summary>
    public static string Of(string line)
    {
        if (line.AsSpan().IndexOfAny(Controls) < 0)
            return line;
        var text = line.TrimEnd('\r');
        // A progress line redraws itself: what stands after the last return is what was seen.
        text = text[(text.LastIndexOf('\r') + 1)..];
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
            at = Copy(text, at, clean);
        return clean.ToString();
    }

    /// <summary>Copies or drops what begins at <paramref name="at"/>; the position after it.</summary>
    private static int Copy(string text, int at, StringBuilder clean)
    {
        var letter = text[at];
        if (letter == Csi)
            return EndOfSequence(text, at + 1);
        if (letter == Escape)
            return CopyEscape(text, at, clean);
        if (!Controls.Contains(letter))
            clean.Append(letter);
        return at + 1;
    }

    private static int CopyEscape(string text, int at, StringBuilder clean)
    {
        switch (at + 1 < text.Length ? text[at + 1] : '\0')
        {
            case '[':
                var end = EndOfSequence(text, at + 2);
                if (IsColour(text.AsSpan(at + 2, end - at - 2)))
                    clean.Append(text, at, end - at);
                return end;
            case ']' or 'P' or 'X' or '^' or '_':
                return EndOfString(text, at + 2);
            default:
                return Math.Min(at + 2, text.Length);
        }
    }

    /// <summary>Behind the final letter of a control sequence; a broken one ends where it breaks.</summary>
    private static int EndOfSequence(string text, int at)
    {
        while (at < text.Length && text[at] is >= '\x20' and <= '\x3f')
            at++;
        return at < text.Length && text[at] is >= '\x40' and <= '\x7e' ? at + 1 : at;
    }

    /// <summary>
    /// Behind the terminator of an operating system command and its kin; without one, all that is left.
    /// </summary>
    private static int EndOfString(string text, int at)
    {
        var end = text.AsSpan(at).IndexOfAny('\a', '\u009c', Escape);
        if (end < 0)
            return text.Length;
        end += at;
        return text[end] == Escape && end + 1 < text.Length && text[end + 1] == '\\' ? end + 2 : end + 1;
    }

    private static bool IsColour(ReadOnlySpan<char> sequence) =>
        sequence is [.. var numbers, 'm']
        && numbers.Length <= LongestColour
        && numbers.IndexOfAnyExcept("0123456789;:") < 0;
}
