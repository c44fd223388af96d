using System.Collections.Concurrent;
using System.Diagnostics;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// Gives each source with something to do its turn: deliveries that were received, looks that are due. What a crash
/// left behind is found again in the rows. One turn a source at a time, several sources side by side.
/// </summary>
internal sealed class LedgerService(
    IServiceScopeFactory scopes,
    LedgerBell bell,
    TimeProvider time,
    ILogger<LedgerService> log
) : BackgroundService
{
    private const int SideBySide = 8;

    /// <summary>Without a ring: deliveries of another server that died, looks that fall due.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Between two turns of one source, so that a burst is read together and leaves room for its storing.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at what waits: in a storm the bell never stops.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentDictionary<long, Task> _turns = new();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await LookAfterStart(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var source in await Waiting(stop))
                    if (_turns.Count < SideBySide)
                        Start(source, stop);
                await Task.Delay(Breath, stop);
                await bell.Wait(Pause, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                log.LogError(error, "The ledger could not be read.");
                await bell.Wait(Pause, stop);
            }
        }
        await Task.WhenAll(_turns.Values);
    }

    /// <summary>
    /// Nobody heard what happened before the start: sources whose host answered the last time are looked at now.
    /// </summary>
    private async Task LookAfterStart(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var now = time.GetUtcNow();
            await scope
                .ServiceProvider.GetRequiredService<FairleadDb>()
                .Set<SourceRow>()
                .Where(source => source.NextPollAt > now && source.PollFailures == 0 && source.PolledAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(source => source.NextPollAt, now), stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The looks after a start are left to the schedule.");
        }
    }

    private void Start(long source, CancellationToken stop) =>
        _turns[source] = Task.Run(() => Take(source, stop), CancellationToken.None);

    private async Task Take(long source, CancellationToken stop)
    {
        var done = false;
        try
        {
            var (start, more) = (Stopwatch.GetTimestamp(), false);
            await using (var scope = scopes.CreateAsyncScope())
                more = await scope.ServiceProvider.GetRequiredService<SourceTurn>().Run(source, stop);
            await Task.Delay(more ? RestAfter(Stopwatch.GetElapsedTime(start)) : Rest, stop);
            done = true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception error)
        {
            // It is taken up again after the next pause; what waits stays on disk.
            log.LogError(error, "The ledger's turn for source {Source} failed.", source);
        }
        _turns.TryRemove(source, out _);
        if (done)
            bell.Ring();
    }

    /// <summary>Behind by more than a turn, it takes a quarter of the time: hooks are stored first.</summary>
    private static TimeSpan RestAfter(TimeSpan turn) => turn * 3 < LongestRest ? turn * 3 : LongestRest;

    private async Task<List<long>> Waiting(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var unread = db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Received);
        // One probe of the index a source, however many deliveries there are.
        var received = await db.Set<SourceRow>()
            .Where(source => unread.Any(row => row.SourceId == source.Id))
            .Select(source => source.Id)
            .ToListAsync(cancel);
        var now = time.GetUtcNow();
        var waiting = db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Waiting);
        // A host that answered the last time is asked for the rest of a crowd at once, not when the schedule says.
        var due = await (
            from source in db.Set<SourceRow>()
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where source.Polling || waiting.Any(row => row.SourceId == source.Id)
            where
                source.RefusedRevision == null
                    ? source.NextPollAt <= now
                        || (source.PollFailures == 0 && waiting.Any(row => row.SourceId == source.Id))
                    : source.RefusedRevision != connection.Revision
            orderby source.NextPollAt
            select source.Id
        )
            .Take(SideBySide * 2)
            .ToListAsync(cancel);
        return [.. received.Concat(due).Distinct().Where(source => !_turns.ContainsKey(source))];
    }
}
