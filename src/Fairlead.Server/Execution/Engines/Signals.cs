using System.Runtime.InteropServices;

namespace Fairlead.Server.Execution.Engines;

/// <summary>System calls .NET has no name for.</summary>
internal static class Signals
{
    private const int Term = 15;
    private const int Kill9 = 9;

    /// <summary>Asks a process to end.</summary>
    public static void End(int process) => Send(process, Term);

    /// <summary>Ends a process at once. A negative id means a process group.</summary>
    public static void Kill(int process) => Send(process, Kill9);

    /// <summary>rmdir(2): a control group's directory has files that cannot be deleted and need not be.</summary>
    public static bool RemoveDirectory(string path) => rmdir(path) == 0;

    private static void Send(int process, int signal)
    {
        // 0 and -1 would reach our own group, or everyone.
        if (process is not (0 or 1 or -1))
            _ = kill(process, signal);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int rmdir(string path);
}
