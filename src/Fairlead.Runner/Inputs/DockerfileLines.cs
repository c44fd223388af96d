using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.Runner.Inputs;

/// <summary>
/// A Dockerfile as instructions, the way BuildKit reads it: comments and blank lines gone, continued lines joined,
/// here-documents skipped.
/// </summary>
/// <param name="Instructions">Each one line, beginning with its keyword.</param>
/// <param name="Syntax">The front end a <c># syntax=</c> line asks for, or null.</param>
/// <param name="Certain">False when something was met that may be read in another way.</param>
internal sealed partial record DockerfileLines(IReadOnlyList<string> Instructions, string? Syntax, bool Certain)
{
    public static DockerfileLines Read(string text)
    {
        var lines = text.TrimStart('\ufeff').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var (syntax, escape) = Directives(lines);
        var instructions = new List<string>();
        var certain = true;
        for (var at = 0; at < lines.Count; )
        {
            var line = Join(lines, ref at, escape);
            if (line.Length == 0)
                continue;
            instructions.Add(line);
            certain &= SkipHereDocuments(line, lines, ref at);
        }
        return new DockerfileLines(instructions, syntax, certain);
    }

    private static (string? Syntax, char Escape) Directives(List<string> lines)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            // The first line that is no directive ends them; a repeated one is an error, so the first is right.
            if (DirectivePattern().Match(line) is not { Success: true } match)
                break;
            found.TryAdd(match.Groups[1].Value, match.Groups[2].Value.Trim());
        }
        return (found.GetValueOrDefault("syntax"), found.GetValueOrDefault("escape") == "`" ? '`' : '\\');
    }

    /// <summary>The next logical line, trimmed; empty for a blank or comment line.</summary>
    private static string Join(List<string> lines, ref int at, char escape)
    {
        var joined = new StringBuilder();
        while (at < lines.Count)
        {
            var line = lines[at++];
            var trimmed = line.Trim();
            var continuing = joined.Length > 0;
            if (trimmed.StartsWith('#') || (continuing && trimmed.Length == 0))
            {
                // Inside a continued instruction comments and blank lines are as if they were not there.
                if (continuing)
                    continue;
                return "";
            }
            var end = line.TrimEnd(' ', '\t');
            if (!end.EndsWith(escape))
                return joined.Append(line).ToString().Trim();
            joined.Append(end.AsSpan(0, end.Length - 1));
            if (joined.Length == 0)
                joined.Append(' ');
        }
        return joined.ToString().Trim();
    }

    /// <summary>
    /// False when a <c>&lt;&lt;</c> was met that is not plainly a here-document, or one that never ends.
    /// </summary>
    private static bool SkipHereDocuments(string instruction, List<string> lines, ref int at)
    {
        if (!instruction.Contains("<<", StringComparison.Ordinal))
            return true;
        if (!HereInstruction().IsMatch(instruction))
            return !OnBuild().IsMatch(instruction);
        var matches = HerePattern().Matches(instruction);
        if (matches.Count != instruction.Split("<<").Length - 1)
            return false;
        foreach (Match here in matches)
        {
            var word = here.Groups["word"].Value;
            var mayIndent = here.Groups["dash"].Length > 0;
            while (at < lines.Count && (mayIndent ? lines[at].TrimStart('\t') : lines[at]) != word)
                at++;
            if (at++ >= lines.Count)
                return false;
        }
        return true;
    }

    [GeneratedRegex(@"^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(@"^(RUN|COPY|ADD)\s", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex HereInstruction();

    [GeneratedRegex(@"^ONBUILD\s", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex OnBuild();

    /// <summary>A whole word <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-EOF</c>, <c>3&lt;&lt;"EOF"</c> outside quotes.</summary>
    [GeneratedRegex(@"(?:^|\s)[0-9]*<<(?<dash>-?)(?:""(?<word>\w+)""|'(?<word>\w+)'|(?<word>\w+))(?=\s|$)")]
    private static partial Regex HerePattern();
}
