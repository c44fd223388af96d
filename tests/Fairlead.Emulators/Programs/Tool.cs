using System.Diagnostics;

namespace Fairlead.Emulators.Programs;

/// <summary>Runs a real program to its end, for setting a stage. The product has its own, stricter, runner.</summary>
public static class Tool
{
    /// <summary>Standard output of a program that succeeded.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or failed; the message has its error
    /// text.</exception>
    public static async Task<string> Run(
        string program,
        IEnumerable<string> arguments,
        string? directory = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? input = null
    )
    {
        using var process = Start(Prepare(program, arguments, directory, environment));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var text = await output;
        return process.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"{program} exited with {process.ExitCode}: {await error}{text}");
    }

    internal static ProcessStartInfo Prepare(
        string program,
        IEnumerable<string> arguments,
        string? directory,
        IReadOnlyDictionary<string, string>? environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "/",
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("GIT_")).ToArray())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{start.FileName} does not start ({e.Message}): install it; `./dev doctor` names the package.",
                e
            );
        }
    }
}
