using System.Text.RegularExpressions;

namespace Fairlead.Runner.Images;

/// <summary>Reads what buildah prints, and keeps what is needed to explain a failure.</summary>
internal sealed partial class BuildahOutput(Action<string> log)
{
    private const int LongestStep = 120;

    /// <summary>The last line that tells an error.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>The instruction that was begun last (<c>RUN make</c>), or null.</summary>
    public string? LastStep { get; private set; }

    public void Line(string line)
    {
        if (line.Length == 0)
            return;
        if (Step().Match(line) is { Success: true } step)
        {
            var name = step.Groups["name"].Value;
            LastStep = name.Length <= LongestStep ? name : name[..LongestStep] + "…";
        }
        if (line.StartsWith("error", StringComparison.OrdinalIgnoreCase))
            LastError = line;
        log(line);
    }

    [GeneratedRegex(@"\A(\[[0-9]+/[0-9]+\] )?STEP [0-9]+/[0-9]+: (?<name>.+)\z")]
    private static partial Regex Step();
}
