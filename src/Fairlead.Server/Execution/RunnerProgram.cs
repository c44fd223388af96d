using System.Runtime.InteropServices;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Execution;

/// <summary>
/// Finds the runner: where the server was told, beside it, or beside it in the layout of a build. One that the runner's
/// user cannot reach (a working tree in root's home) is copied to where it can.
/// </summary>
internal sealed class RunnerProgram(ServerOptions options, MachinePaths paths, ProgramRunner programs)
{
    private const string Name = "fairlead-runner";
    private const UnixFileMode OthersPass = UnixFileMode.OtherExecute;
    private readonly SemaphoreSlim _one = new(1);
    private string? _ready;

    public async Task<Outcome<string>> Path(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_ready is not null && File.Exists(_ready))
                return _ready;
            if (Candidates().FirstOrDefault(File.Exists) is not { } found)
                return ExecutionFailures.RunnerMissing;
            return _ready = !RunnerUser.Exists || IsOpen(found) ? found : await Copy(found, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What a framework-dependent program needs to find a runtime that is not in the usual place.</summary>
    public static string DotnetRoot { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private IEnumerable<string> Candidates()
    {
        if (options.Runner is { } told)
            return [told];
        var here = AppContext.BaseDirectory.TrimEnd('/');
        var configuration = System.IO.Path.GetFileName(here);
        return
        [
            System.IO.Path.Combine(here, "runner", Name),
            System.IO.Path.GetFullPath(System.IO.Path.Combine(here, "../../Fairlead.Runner", configuration, Name)),
            System.IO.Path.Combine(here, Name),
        ];
    }

    private static bool IsOpen(string file)
    {
        for (var directory = System.IO.Path.GetDirectoryName(file); directory is not null; )
        {
            if (!File.GetUnixFileMode(directory).HasFlag(OthersPass))
                return false;
            directory = System.IO.Path.GetDirectoryName(directory);
        }
        return File.GetUnixFileMode(file).HasFlag(OthersPass);
    }

    private async Task<string> Copy(string found, CancellationToken cancel)
    {
        var target = System.IO.Path.Combine(paths.State, "runner");
        Directory.CreateDirectory(paths.State);
        var source = System.IO.Path.GetDirectoryName(found)!;
        await programs.Run(new ProgramCall("rm", ["-rf", "--", target]), cancel);
        await programs.Run(new ProgramCall("cp", ["-r", "--no-preserve=mode", "--", source, target]), cancel);
        await programs.Run(new ProgramCall("chmod", ["-R", "a+rX,go-w", "--", target]), cancel);
        var copy = System.IO.Path.Combine(target, Name);
        File.SetUnixFileMode(
            copy,
            File.GetUnixFileMode(copy) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | OthersPass
        );
        return copy;
    }
}
