using System.Globalization;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Rules;

/// <summary>
/// How an image version is made from what was pushed: text with <c>{branch} {tag} {request} {sha} {sha8} {date} {n}</c>
/// and the named groups of the rule's pattern. <c>${imageTag}</c> means the same as <c>{imageTag}</c>. Versions that
/// begin with <c>pr-</c> and a number are those of requests, which write no others.
/// </summary>
public sealed class VersionTemplate
{
    public static readonly IReadOnlyList<string> BuiltIn = ["branch", "tag", "request", "sha", "sha8", "date", "n"];

    /// <summary>What each version of a request begins with.</summary>
    public const string RequestStart = Kept + "{request}";

    /// <summary>With a number behind it, the beginning of names that only requests write.</summary>
    public const string Kept = "pr-";

    private readonly IReadOnlyList<(bool IsName, string Text)> _parts;

    private VersionTemplate(string text, IReadOnlyList<(bool, string)> parts) => (Text, _parts) = (text, parts);

    /// <summary>As the person typed it.</summary>
    public string Text { get; }

    /// <param name="groups">The groups of the rule's pattern.</param>
    public static Outcome<VersionTemplate> Parse(string text, RefKind kind, IReadOnlySet<string> groups, string field)
    {
        if (text.Length == 0)
            return RuleFailures.VersionEmpty(field);
        if (text.Length > 256)
            return RuleFailures.VersionTooLong(field);
        if (!Split(text, field).Try(out var parts, out var failure))
            return failure;
        var known = BuiltIn.Where(name => IsOf(name, kind)).Concat(groups).ToList();
        if (
            parts.Where(part => part.IsName && !known.Contains(part.Text)).Select(part => part.Text).FirstOrDefault() is
            { } unknown
        )
            return RuleFailures.PlaceholderUnknown(unknown, known, field);
        if (kind == RefKind.Request && !IsOfRequest(parts))
            return RuleFailures.VersionOfRequest(text, field);
        if (kind != RefKind.Request && parts is [(false, var start), ..] && IsKept(start))
            return RuleFailures.VersionKept(text, field);
        var sample = string.Concat(parts.Select(part => part.IsName ? "x" : part.Text));
        if (sample.Length > OciName.TagLimit)
            return RuleFailures.VersionTooLong(field);
        return OciName.IsTag(sample) ? new VersionTemplate(text, parts) : RuleFailures.VersionCharacters(text, field);
    }

    /// <summary>
    /// The version for one push. Characters a tag cannot have (the slash of <c>feature/x</c>) become dashes; what is
    /// still no tag then is a failure that names it.
    /// </summary>
    public Outcome<string> Expand(VersionValues values)
    {
        var version = new StringBuilder();
        foreach (var (isName, text) in _parts)
            version.Append(isName ? Sanitised(values.Of(text)) : text);
        var result = version.ToString();
        return OciName.IsTag(result) && values.Ref.Kind != RefKind.Request && IsKept(result)
                ? RuleFailures.VersionKept(result, "versions")
            : OciName.IsTag(result) ? result
            : result.Length == 0 ? RuleFailures.VersionEmpty("versions")
            : result.Length > OciName.TagLimit ? RuleFailures.VersionTooLong("versions")
            : RuleFailures.VersionCharacters(result, "versions");
    }

    private static bool IsOf(string name, RefKind kind) =>
        name switch
        {
            "branch" => kind == RefKind.Branch,
            "tag" => kind == RefKind.Tag,
            "request" => kind == RefKind.Request,
            _ => true,
        };

    /// <summary>The number stands alone, so that no request writes what is another's.</summary>
    private static bool IsOfRequest(IReadOnlyList<(bool IsName, string Text)> parts) =>
        parts
            is [(false, Kept), (true, "request")]
                or [(false, Kept), (true, "request"), (false, ['-' or '.' or '_', ..]), ..];

    private static bool IsKept(string version) =>
        version.Length > Kept.Length
        && version.StartsWith(Kept, StringComparison.Ordinal)
        && char.IsAsciiDigit(version[Kept.Length]);

    private static string Sanitised(string value) =>
        string.Create(
            value.Length,
            value,
            (target, source) =>
            {
                for (var at = 0; at < source.Length; at++)
                    target[at] = OciName.IsTagCharacter(source[at]) ? source[at] : '-';
            }
        );

    private static Outcome<IReadOnlyList<(bool IsName, string Text)>> Split(string text, string field)
    {
        var parts = new List<(bool, string)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOfAny(['{', '}'], at);
            if (open < 0)
                open = text.Length;
            var dollar = open < text.Length && open > at && text[open - 1] == '$' ? 1 : 0;
            if (open - dollar > at)
                parts.Add((false, text[at..(open - dollar)]));
            if (open == text.Length)
                break;
            var close = text.IndexOf('}', open);
            if (text[open] == '}' || close < 0)
                return RuleFailures.BraceOpen(field);
            parts.Add((true, text[(open + 1)..close]));
            at = close + 1;
        }
        return parts;
    }
}

/// <summary>What the placeholders of a version stand for.</summary>
/// <param name="Number">The image's own running number.</param>
/// <param name="At">When the build was asked for; shown as UTC <c>yyyyMMdd</c>.</param>
public sealed record VersionValues(
    GitRef Ref,
    CommitSha Commit,
    IReadOnlyDictionary<string, string> Groups,
    long Number,
    DateTimeOffset At
)
{
    internal string Of(string name) =>
        name switch
        {
            "branch" or "tag" or "request" => Ref.Name,
            "sha" => Commit.Value,
            "sha8" => Commit.Short,
            "date" => At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            "n" => Number.ToString(CultureInfo.InvariantCulture),
            _ => Groups.GetValueOrDefault(name, ""),
        };
}
