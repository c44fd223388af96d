using System.Text;

namespace Fairlead.Runner.Inputs;

/// <summary>
/// Puts build arguments into a word of a Dockerfile: <c>$X</c>, <c>${X}</c>, <c>${X:-word}</c>, <c>${X:+word}</c>.
/// </summary>
internal static class ArgumentText
{
    /// <summary>Null when the word has anything else, or names an argument that nobody set.</summary>
    public static string? Expand(string word, IReadOnlyDictionary<string, string> arguments)
    {
        var text = new StringBuilder();
        for (var at = 0; at < word.Length; )
        {
            var dollar = word.IndexOf('$', at);
            text.Append(word.AsSpan(at, (dollar < 0 ? word.Length : dollar) - at));
            if (dollar < 0)
                break;
            if (Value(word, dollar + 1, arguments) is not var (value, next))
                return null;
            text.Append(value);
            at = next;
        }
        return text.Length == 0 || text.ToString().AsSpan().IndexOfAny("\\\"'` ") >= 0 ? null : text.ToString();
    }

    private static (string Value, int Next)? Value(string word, int at, IReadOnlyDictionary<string, string> arguments)
    {
        var braced = at < word.Length && word[at] == '{';
        var start = braced ? at + 1 : at;
        var end = start;
        while (end < word.Length && (char.IsAsciiLetterOrDigit(word[end]) || word[end] == '_'))
            end++;
        if (end == start)
            return null;
        var known = arguments.GetValueOrDefault(word[start..end]);
        if (!braced)
            return known is { Length: > 0 } ? (known, end) : null;
        var close = word.IndexOf('}', end);
        if (close < 0)
            return null;
        var rest = word[end..close];
        return (rest, known) switch
        {
            ("", { Length: > 0 }) => (known, close + 1),
            ([':', '-', .. var fallback], _) when IsPlain(fallback) => (
                known is { Length: > 0 } ? known : fallback,
                close + 1
            ),
            ([':', '+', .. var instead], _) when IsPlain(instead) => (
                known is { Length: > 0 } ? instead : "",
                close + 1
            ),
            _ => null,
        };
    }

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAny("${}\\\"'` ") < 0;
}
