namespace Fairlead.Runner.Sources;

/// <summary>
/// An exclusive lock on a mirror between processes (flock). The kernel drops it when its holder dies, so there is
/// never a stale one.
/// </summary>
internal sealed class MirrorLock : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _file;

    private MirrorLock(FileStream file) => _file = file;

    /// <summary>Waits for it, and notes the time of use on the file.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while another job had it.</exception>
    public static async Task<MirrorLock> Take(string path, TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
                return taken;
            }
            await Task.Delay(Pace, time, cancel);
        }
    }

    /// <summary>Null while another has it.</summary>
    public static MirrorLock? TryTake(string path)
    {
        try
        {
            return new MirrorLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK, which .NET passes on as it is.</summary>
    private const int WouldBlock = 11;
}
