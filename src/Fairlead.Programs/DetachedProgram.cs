using System.Globalization;
using System.Runtime.InteropServices;
using Fairlead.Core.Outcomes;

namespace Fairlead.Programs;

/// <summary>
/// Starts programs in a session of their own and finds them again by their process file, which holds the process id
/// and the kernel's start time: an id that was given to another process since is not mistaken for it.
/// </summary>
public sealed partial class DetachedProgram(ProgramRunner programs, TimeProvider time)
{
    // "$0" is the process file, "$1" the log file, the rest is the program. The shell becomes the program.
    private const string Launcher =
        """p="$0"; l="$1"; shift; echo $$ $(cut -d' ' -f22 /proc/$$/stat) >"$p"; exec "$@" >>"$l" 2>&1""";

    /// <summary>Starts it; the outcome is its process id. What it does next, the caller watches.</summary>
    public async Task<Outcome<int>> Start(DetachedCall call, CancellationToken cancel)
    {
        if (ProgramRunner.Find(call.Program) is not { } path)
            return ProgramFailures.Missing(call.Program);
        File.Delete(call.ProcessFile);
        var started = await programs.Run(
            new ProgramCall(
                "setsid",
                ["--fork", "sh", "-c", Launcher, call.ProcessFile, call.LogFile, path, .. call.Arguments]
            )
            {
                Environment = call.Environment,
                Directory = call.Directory,
                Input = call.Input,
            },
            cancel
        );
        if (!started.Ok)
            return started.Failure;
        for (var tries = 0; tries < 200; tries++)
        {
            if (Find(call.ProcessFile) is { } process)
                return process;
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancel);
        }
        return ProgramFailures.DidNotStart(call.Program);
    }

    /// <summary>The process id of the program a file speaks of, or null when it runs no longer.</summary>
    public static int? Find(string processFile)
    {
        if (!File.Exists(processFile))
            return null;
        var parts = File.ReadAllText(processFile).Split(' ', StringSplitOptions.TrimEntries);
        return parts is [var id, var start] && int.TryParse(id, out var process) && StartTime(process) == start
            ? process
            : null;
    }

    /// <summary>Asks it to end, and kills its whole session when it has not after <paramref name="grace"/>.</summary>
    public async Task Stop(string processFile, TimeSpan grace, CancellationToken cancel)
    {
        if (Find(processFile) is not { } process)
            return;
        _ = kill(process, SigTerm);
        var end = time.GetUtcNow() + grace;
        while (Find(processFile) is not null && time.GetUtcNow() < end)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
        if (Find(processFile) is not null)
            _ = kill(-process, SigKill);
        File.Delete(processFile);
    }

    /// <summary>
    /// Field 22 of <c>/proc/PID/stat</c>, counted behind the command's name, which may hold anything.
    /// </summary>
    private static string? StartTime(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private const int SigTerm = 15;
    private const int SigKill = 9;

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
