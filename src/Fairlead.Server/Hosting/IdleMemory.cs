namespace Fairlead.Server.Hosting;

/// <summary>
/// Gives memory back when nobody uses the server. The collector runs only when something is allocated, so without this
/// a quiet server would keep what its start or its last busy hour needed.
/// </summary>
internal sealed class IdleMemory : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>Bytes allocated within a pace that still count as quiet: the schedulers' own.</summary>
    private const long Quiet = 1024 * 1024;

    /// <summary>Bytes allocated since the last time that make another worth its milliseconds.</summary>
    private const long Worth = 8 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // The machine's time, whatever the server's is: memory is the machine's.
        using var timer = new PeriodicTimer(Pace, TimeProvider.System);
        long collected = 0;
        for (var before = 0L; await timer.WaitForNextTickAsync(stopping); )
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - before < Quiet && allocated - collected > Worth)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = allocated;
            }
            before = allocated;
        }
    }
}
