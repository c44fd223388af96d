using System.Diagnostics;
using System.Text;
using Fairlead.Core.Outcomes;

namespace Fairlead.Programs;

/// <summary>
/// The one place that starts outside programs and waits for them. A cancelled or overdue call is killed with all its
/// children before this returns.
/// </summary>
public sealed class ProgramRunner(TimeProvider time)
{
    /// <summary>
    /// Runs to the end. A non-zero exit is a result, not a failure; a missing program or a timeout is.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the program is gone.</exception>
    public async Task<Outcome<ProgramResult>> Run(ProgramCall call, CancellationToken cancel)
    {
        if (Find(call.Program) is not { } path)
            return ProgramFailures.Missing(call.Program);

        using var deadline = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        using var process = new Process { StartInfo = Prepare(call, path) };
        process.Start();
        try
        {
            var output = Read(process.StandardOutput, call, either.Token);
            var error = Read(process.StandardError, call, either.Token);
            await WriteInput(process, call.Input, either.Token);
            await process.WaitForExitAsync(either.Token);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            return ProgramFailures.TimedOut(call.Program, call.Timeout);
        }
    }

    /// <summary>The absolute path of a program, or null when it is not installed.</summary>
    public static string? Find(string program) =>
        program.Contains('/')
            ? (File.Exists(program) ? program : null)
            : ProgramCall.SearchPath.Split(':').Select(dir => Path.Combine(dir, program)).FirstOrDefault(File.Exists);

    private static ProcessStartInfo Prepare(ProgramCall call, string path)
    {
        var start = new ProcessStartInfo(path, call.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = call.Directory ?? "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = ProgramCall.SearchPath;
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in call.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static async Task WriteInput(Process process, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code tells why.
        }
    }

    private static async Task<string> Read(StreamReader reader, ProgramCall call, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var lines = new LineReader(reader, call.OnLine is null ? int.MaxValue : ProgramCall.LongestLine);
        while (await lines.Next(cancel) is { } line)
        {
            call.OnLine?.Invoke(line);
            if (kept.Length + line.Length < call.OutputLimit)
                kept.Append(line).Append('\n');
        }
        return kept.ToString();
    }
}
