namespace Fairlead.Server.Builds;

/// <summary>
/// Works off what rows say is due after builds: nothing is lost in a crash, no build waits for it, and several servers
/// share the work.
/// </summary>
/// <param name="trouble">The sentence of the log when the rows could not be worked off.</param>
internal abstract class OutboxService(QueueSignal queue, TimeProvider time, ILogger log, string trouble)
    : BackgroundService
{
    /// <summary>Rows that are taken side by side.</summary>
    protected const int AtATime = 16;

    /// <summary>A row that was taken is another server's after that.</summary>
    protected static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The queue's pulse may come a moment before the commit that it tells of.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes rows that are due, by moving their time on.</summary>
    /// <returns>Their ids; none when there is nothing to do.</returns>
    protected abstract Task<IReadOnlyList<long>> Take(DateTimeOffset now, CancellationToken cancel);

    /// <summary>Does what one row asks for, and writes down what became of it.</summary>
    protected abstract Task Do(long id, CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var next = queue.Next;
            try
            {
                var mine = await Take(time.GetUtcNow(), stop);
                await Task.WhenAll(mine.Select(one => Do(one, stop)));
                if (mine.Count > 0)
                    continue;
                await queue.Wait(next, Pause, stop);
                await Task.Delay(Breath, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogError(error, "{Trouble}", trouble);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
