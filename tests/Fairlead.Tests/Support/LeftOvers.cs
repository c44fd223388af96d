using System.Diagnostics;

namespace Fairlead.Tests.Support;

/// <summary>Ends programs that a test's server started and, killed without warning, could not end itself.</summary>
internal static class LeftOvers
{
    /// <summary>Kills every program that has this directory in its command line.</summary>
    public static void Kill(string directory)
    {
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName))
            if (int.TryParse(id, out var number) && number != Environment.ProcessId && Mentions(number, directory))
                Kill(number);
    }

    private static bool Mentions(int process, string directory)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains(directory, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int process)
    {
        try
        {
            using var program = Process.GetProcessById(process);
            program.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended in the meantime.
        }
    }
}
