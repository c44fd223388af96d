using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>
/// A Dockerfile may name an image that interprets it (<c># syntax=</c>). Such a front end speaks to the engine itself,
/// so only docker's own is let in.
/// </summary>
internal static partial class DockerfileFrontEnd
{
    /// <summary>The failure for a front end that is not allowed, or null.</summary>
    public static Failure? Check(string dockerfile)
    {
        foreach (var line in File.ReadLines(dockerfile))
        {
            var text = line.Trim('\uFEFF', ' ', '\t');
            // Directives stand before anything else; some front ends also take // and a first line of #!.
            if (text.Length > 0 && !text.StartsWith('#') && !text.StartsWith("//", StringComparison.Ordinal))
                return text.StartsWith('{') ? BuildFailures.SyntaxImage("of a JSON file") : null;
            if (Directive().Match(text) is { Success: true } match && !Allowed().IsMatch(match.Groups["image"].Value))
                return BuildFailures.SyntaxImage(match.Groups["image"].Value);
        }
        return null;
    }

    [GeneratedRegex(@"^(#|//)\s*syntax\s*=\s*(?<image>\S*)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\A(docker\.io/)?docker/dockerfile(-upstream)?(:[\w.-]+)?(@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex Allowed();
}
