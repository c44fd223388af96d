using System.Text.RegularExpressions;

namespace Fairlead.Runner.Images;

/// <summary>
/// Reads what docker prints with <c>--progress plain</c>: passes on what people want to read, and keeps what is needed
/// to explain a failure.
/// </summary>
internal sealed partial class BuildKitOutput(Action<string> log)
{
    private const int LongestStep = 120;

    private readonly Dictionary<string, string> _steps = [];
    private readonly Dictionary<string, string> _bases = [];
    private readonly Lock _lock = new();
    private string? _failedStep;

    /// <summary>The last line that tells an error.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>A program was of another processor than the machine's.</summary>
    public bool Foreign { get; private set; }

    /// <summary>The instruction that failed (<c>RUN make</c>), or null.</summary>
    public string? FailedStep => _failedStep is { } number ? _steps.GetValueOrDefault(number) : null;

    /// <summary>The base image whose manifest could not be had, or null.</summary>
    public string? FailedBase => _failedStep is { } number ? _bases.GetValueOrDefault(number) : null;

    public void Line(string line)
    {
        lock (_lock)
        {
            if (line.Length == 0 || Noise().IsMatch(line))
                return;
            Foreign |= line.Contains("exec format error", StringComparison.Ordinal);
            if (Step().Match(line) is { Success: true } step)
                _steps[step.Groups["number"].Value] = Shorten(step.Groups["name"].Value);
            if (Metadata().Match(line) is { Success: true } metadata)
                _bases[metadata.Groups["number"].Value] = metadata.Groups["image"].Value;
            if (StepError().Match(line) is { Success: true } error)
                _failedStep = error.Groups["number"].Value;
            if (
                !line.StartsWith('#')
                && !line.StartsWith("---", StringComparison.Ordinal)
                && !line.StartsWith(" >", StringComparison.Ordinal)
            )
                LastError = line;
            log(line);
        }
    }

    private static string Shorten(string step) => step.Length <= LongestStep ? step : step[..LongestStep] + "…";

    [GeneratedRegex(@"\A#[0-9]+ sha256:[0-9a-f]{64}( |\z)")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\A(?<number>#[0-9]+) \[(?!internal)[^\]]*\] (?<name>.+)\z")]
    private static partial Regex Step();

    [GeneratedRegex(@"\A(?<number>#[0-9]+) \[internal\] load metadata for (?<image>\S+)\z")]
    private static partial Regex Metadata();

    [GeneratedRegex(@"\A(?<number>#[0-9]+) ERROR: ")]
    private static partial Regex StepError();
}
