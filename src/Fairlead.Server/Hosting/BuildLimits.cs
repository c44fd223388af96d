using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Server.Data;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Server.Hosting;

/// <summary>Reads what one build may use; a limit that is not understood stops the start.</summary>
internal static partial class BuildLimits
{
    /// <summary>Less than this and the engine itself does not start.</summary>
    private const long LeastMemory = 256L << 20;

    private const int LeastProcesses = 128;

    /// <exception cref="StartupException">One of them is no limit.</exception>
    public static EngineLimits Read(string? memory, string? cpus, string? processes) =>
        new(
            memory is null ? null : Memory(memory),
            cpus is null ? null : Cpus(cpus),
            processes is null ? new EngineLimits().Processes : Processes(processes)
        );

    private static long Memory(string text)
    {
        var match = Size().Match(text);
        if (
            match.Success
            && long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue >> Shift(match)
            && number << Shift(match) is >= LeastMemory and var bytes
        )
            return bytes;
        throw new StartupException(HostingFailures.NotALimit("build-memory", text, "4g or 512m, at least 256m"));
    }

    private static int Shift(Match match) =>
        match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "g" => 30,
            "m" => 20,
            "k" => 10,
            _ => 0,
        };

    private static double Cpus(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus)
        && cpus is >= 0.1 and <= 1024
            ? cpus
            : throw new StartupException(HostingFailures.NotALimit("build-cpus", text, "2 or 0.5"));

    private static int Processes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var processes)
        && processes >= LeastProcesses
            ? processes
            : throw new StartupException(HostingFailures.NotALimit("build-processes", text, "4096, at least 128"));

    [GeneratedRegex(@"\A(?<number>[0-9]{1,15})(?<unit>[kmg]?)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
