using System.Text.RegularExpressions;

namespace Fairlead.Runner.Images;

/// <summary>Reads what buildah prints, and keeps what is needed to explain a failure.</summary>
internal sealed partial class BuildahOutput(Action<string> log)
{
    public const string NoSpace = "no space left on device";

    /// <summary>What buildah says before it calls a killed step one that ended with exit code 1.</summary>
    private const string WasKilled = "container exited on killed";

    private const int LongestStep = 120;

    /// <summary>The last line that tells an error.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>A program was of another processor than the machine's.</summary>
    public bool Foreign { get; private set; }

    /// <summary>The step that was begun last was killed, as the kernel does when memory runs out.</summary>
    public bool Killed { get; private set; }

    /// <summary>The instruction that was begun last (<c>RUN make</c>), or null.</summary>
    public string? LastStep { get; private set; }

    /// <summary>The image of the FROM that was begun last, or null.</summary>
    public string? LastBase { get; private set; }

    public void Line(string line)
    {
        if (line.Length == 0)
            return;
        Foreign |= line.Contains("exec format error", StringComparison.Ordinal);
        Killed |= line == WasKilled;
        if (Step().Match(line) is { Success: true } step)
        {
            Killed = false;
            var name = step.Groups["name"].Value;
            LastStep = name.Length <= LongestStep ? name : name[..LongestStep] + "…";
        }
        if (LastStep is { } last && From().Match(last) is { Success: true } from)
            LastBase = from.Groups["image"].Value;
        // The jail's own archive program speaks too, before buildah does.
        if (
            line.StartsWith("error", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("tar: ", StringComparison.Ordinal)
        )
            LastError =
                LastError == NoSpace || line.Contains(NoSpace, StringComparison.OrdinalIgnoreCase) ? NoSpace : line;
        log(line);
    }

    [GeneratedRegex(@"\AFROM (--\S+ )*(?<image>\S+)")]
    private static partial Regex From();

    [GeneratedRegex(@"\A(\[[0-9]+/[0-9]+\] )?STEP [0-9]+/[0-9]+: (?<name>.+)\z")]
    private static partial Regex Step();
}
