using System.Runtime.InteropServices;

namespace Fairlead.Server.Vault;

/// <summary>Makes a rename survive a power cut: the directory itself is flushed, which .NET has no call for.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            throw new IOException($"The directory {folder} could not be opened.");
        var failed = Sync(handle) != 0;
        _ = Close(handle);
        if (failed)
            throw new IOException($"The directory {folder} could not be flushed.");
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
