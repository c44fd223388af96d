using System.Runtime.InteropServices;

namespace Fairlead.Server.Hosting;

/// <summary>
/// Keeps other processes of the same account out of this one's memory, where keys are: no core dumps, no attaching.
/// The runtime's own diagnostic socket can only be closed from outside, with <c>DOTNET_EnableDiagnostics=0</c>, as the
/// service unit does.
/// </summary>
internal static class ProcessHygiene
{
    private const int SetDumpable = 4;

    public static void Apply() => _ = Control(SetDumpable, 0, 0, 0, 0);

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Control(int option, nuint first, nuint second, nuint third, nuint fourth);
}
