using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Rules;

/// <summary>
/// Which changed files matter to a rule. A pattern without wildcards is a file, or a directory with all that is in it;
/// <c>*</c> stands for anything within a name, <c>**</c> for anything at all, <c>?</c> for one character. A leading
/// <c>!</c> leaves out what the patterns before it took in; the last pattern that matches decides. Matching takes time
/// linear in the path.
/// </summary>
public sealed class PathFilter
{
    public const int MostPatterns = 50;
    public const int LongestPattern = 255;

    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private readonly IReadOnlyList<(bool Takes, Regex Regex)> _patterns;

    private PathFilter(IReadOnlyList<(bool, Regex)> patterns) => _patterns = patterns;

    public static Outcome<PathFilter> Read(IReadOnlyList<string> patterns, string field)
    {
        if (patterns.Count > MostPatterns)
            return RuleFailures.TooMany("paths", MostPatterns, field);
        foreach (var (at, text) in patterns.Index())
            if (Wrong(text, $"{field}[{at}]") is { } wrong)
                return wrong;
        return new PathFilter([
            .. patterns.Select(text => (text[0] != '!', Compile(text.TrimStart('!').TrimStart('/')))),
        ]);
    }

    /// <summary>Where there are only patterns that leave out, everything else matters.</summary>
    /// <param name="path">From the repository's root, with slashes, without one at the beginning.</param>
    public bool Matters(string path)
    {
        var matters = !_patterns.Any(pattern => pattern.Takes);
        foreach (var (takes, regex) in _patterns)
            if (matters != takes && regex.IsMatch(path))
                matters = takes;
        return matters;
    }

    private static Failure? Wrong(string text, string field)
    {
        var rest = text.StartsWith('!') ? text[1..] : text;
        return text.Length > LongestPattern ? RuleFailures.PathTooLong(field)
            : rest.Trim('/').Length == 0 || text.Any(char.IsControl) || rest.StartsWith('!')
                ? RuleFailures.PathPattern(text, field)
            : null;
    }

    private static Regex Compile(string text)
    {
        var regex = new StringBuilder(@"\A");
        for (var at = 0; at < text.Length; )
            at += Next(text.AsSpan(at), regex);
        if (text.EndsWith('/'))
            regex.Append(".*");
        else if (text.AsSpan().IndexOfAny('*', '?') < 0)
            regex.Append("(?:/.*)?");
        return new Regex(regex.Append(@"\z").ToString(), Options);
    }

    /// <returns>How many characters of the pattern were used.</returns>
    private static int Next(ReadOnlySpan<char> rest, StringBuilder regex)
    {
        var (used, meaning) = rest switch
        {
            ['*', '*', '/', ..] => (3, "(?:.*/)?"),
            ['*', '*', ..] => (2, ".*"),
            ['*', ..] => (1, "[^/]*"),
            ['?', ..] => (1, "[^/]"),
            _ => (1, Regex.Escape(rest[..1].ToString())),
        };
        regex.Append(meaning);
        return used;
    }
}
