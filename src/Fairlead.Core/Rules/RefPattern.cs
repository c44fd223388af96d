using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Rules;

/// <summary>
/// Which branches or tags a rule is about: one exact name, or a regular expression that must match the whole name.
/// Matching takes time linear in the name, whatever the pattern, so it needs no clock: on a machine that was busy or
/// asleep one would say "does not match" of a name that does, and the push would not be built.
/// </summary>
public sealed class RefPattern
{
    public const int LengthLimit = 512;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex? _regex;

    private RefPattern(string text, Regex? regex)
    {
        (Text, _regex) = (text, regex);
        Groups = regex?.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0])).ToHashSet() ?? [];
    }

    /// <summary>As the person typed it.</summary>
    public string Text { get; }

    public bool IsRegex => _regex is not null;

    /// <summary>Names of the groups that image versions may use as placeholders.</summary>
    public IReadOnlySet<string> Groups { get; }

    public static Outcome<RefPattern> Exact(string name, string field) =>
        name.Length == 0 ? RuleFailures.PatternEmpty(field)
        : GitRef.IsSafeName(name) ? new RefPattern(name, null)
        : RuleFailures.NameUnsafe(name, field);

    public static Outcome<RefPattern> Regex(string text, string field)
    {
        if (text.Length == 0)
            return RuleFailures.PatternEmpty(field);
        if (text.Length > LengthLimit)
            return RuleFailures.PatternTooLong(field, LengthLimit);
        if (!Compile(text, field).Try(out var regex, out var failure))
            return failure;
        var pattern = new RefPattern(text, regex);
        return pattern.Groups.FirstOrDefault(VersionTemplate.BuiltIn.Contains) is { } taken
            ? RuleFailures.GroupTaken(taken, field)
            : pattern;
    }

    /// <summary>The values of the named groups when the whole name matches, else null.</summary>
    public IReadOnlyDictionary<string, string>? Match(string name)
    {
        if (_regex is null)
            return string.Equals(Text, name, StringComparison.Ordinal) ? NoGroups : null;
        var match = _regex.Match(name);
        return match.Success ? Groups.ToDictionary(group => group, group => match.Groups[group].Value) : null;
    }

    private static readonly Dictionary<string, string> NoGroups = [];

    /// <summary>
    /// Compiled alone first: text that is only valid inside our brackets (<c>a)|(b</c>, a trailing comment) could
    /// slip out of the anchors.
    /// </summary>
    private static Outcome<Regex> Compile(string text, string field)
    {
        try
        {
            _ = new Regex(text, Options);
            return new Regex($@"\A(?:{text})\z", Options);
        }
        catch (NotSupportedException)
        {
            return Unsupported(text) is { } what
                ? RuleFailures.PatternNotSupported(what, field)
                : RuleFailures.PatternTooLarge(field);
        }
        catch (RegexParseException broken)
        {
            return RuleFailures.PatternBroken($"{Words(broken.Error)} at character {broken.Offset}", field);
        }
    }

    private static string? Unsupported(string text) =>
        Has(text, "(?=") || Has(text, "(?!") ? "lookahead"
        : Has(text, "(?<=") || Has(text, "(?<!") ? "lookbehind"
        : Has(text, "(?>") ? "an atomic group"
        : Has(text, "(?(") ? "a condition"
        : Has(text, @"\k") || HasNumberedReference(text) ? "a backreference"
        : Has(text, @"\G") ? @"the anchor \G"
        : Has(text, "(?<-") || Has(text, "-") && Has(text, "(?<") && Has(text, "->") ? "a balancing group"
        : null;

    private static bool Has(string text, string token) => text.Contains(token, StringComparison.Ordinal);

    private static bool HasNumberedReference(string text) =>
        Enumerable.Range(1, text.Length - 1).Any(at => text[at - 1] == '\\' && text[at] is >= '1' and <= '9');

    /// <summary>The runtime's own word for the mistake, spaced: <c>unescaped ending backslash</c>.</summary>
    private static string Words(RegexParseError error) =>
        string.Concat(
            error
                .ToString()
                .Select(
                    (letter, at) =>
                        at > 0 && char.IsUpper(letter)
                            ? " " + char.ToLowerInvariant(letter)
                            : char.ToLowerInvariant(letter).ToString()
                )
        );
}
