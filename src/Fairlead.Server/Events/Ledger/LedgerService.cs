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
    QuietLooks quiet,
    TimeProvider time,
    ILogger<LedgerService> log
) : BackgroundService
{
    private const int SideBySide = 8;

    /// <summary>Looks wait for hosts and for little else.</summary>
    private const int LooksSideBySide = 64;

    /// <summary>
    /// Between two looks at the schedule, and at what no bell told of: deliveries of another server that died.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at what waits: in a storm the bell never stops.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    /// <summary>Of sources: one thing at a time.</summary>
    private readonly ConcurrentDictionary<long, Task> _turns = new();
    private int _looks;
    private volatile bool _passedOver;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await LookAfterStart(stop);
        var beat = 0L;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _passedOver = false;
                await StartTurns(Heard, stop);
                if (beat == 0 || Stopwatch.GetElapsedTime(beat) >= Beat)
                {
                    await StartTurns(LeftWaiting, stop);
                    beat = await StartLooks(stop) ? 0 : Stopwatch.GetTimestamp();
                }
                await Task.Delay(Breath, stop);
                await bell.Wait(Beat, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                log.LogError(error, "The ledger could not be read.");
                await bell.Wait(Beat, stop);
            }
        }
        await Task.WhenAll(_turns.Values);
        await using var scope = scopes.CreateAsyncScope();
        await quiet.Store(scope.ServiceProvider.GetRequiredService<FairleadDb>(), CancellationToken.None);
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

    private async Task StartTurns(Func<FairleadDb, CancellationToken, Task<List<long>>> find, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var source in await find(scope.ServiceProvider.GetRequiredService<FairleadDb>(), stop))
            if (_turns.ContainsKey(source))
                _passedOver = true;
            else if (_turns.Count - _looks < SideBySide)
                _turns[source] = Task.Run(() => Take(source, stop), CancellationToken.None);
    }

    /// <returns>Whether more may be due than there is room for; the next look that is done rings for them.</returns>
    private async Task<bool> StartLooks(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (all, room) = (scope.ServiceProvider, LooksSideBySide - _looks);
        await quiet.Store(all.GetRequiredService<FairleadDb>(), stop);
        var due = room > 0 ? await all.GetRequiredService<DueLooks>().Take(room, _turns.ContainsKey, stop) : [];
        _passedOver |= due.Count == room;
        foreach (var source in due)
        {
            Interlocked.Increment(ref _looks);
            _turns[source.Id] = Task.Run(() => Look(source, stop), CancellationToken.None);
        }
        return due.Count == room;
    }

    private Task Take(long source, CancellationToken stop) =>
        Run(
            source,
            async all =>
            {
                var start = Stopwatch.GetTimestamp();
                var isStorm = await all.GetRequiredService<SourceTurn>().Run(source, null, stop);
                return isStorm ? RestAfter(Stopwatch.GetElapsedTime(start)) : ShortestRest;
            },
            stop
        );

    private async Task Look(SourceRow source, CancellationToken stop)
    {
        await Run(
            source.Id,
            async all => await all.GetRequiredService<LookAtHost>().Run(source, stop) ? ShortestRest : TimeSpan.Zero,
            stop
        );
        Interlocked.Decrement(ref _looks);
    }

    private async Task Run(long source, Func<IServiceProvider, Task<TimeSpan>> work, CancellationToken stop)
    {
        var rest = TimeSpan.Zero;
        try
        {
            await using (var scope = scopes.CreateAsyncScope())
                rest = await work(scope.ServiceProvider);
            await Task.Delay(rest, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception error)
        {
            // It is taken up again after the next pause; what waits stays on disk.
            log.LogError(error, "The ledger's turn for source {Source} failed.", source);
        }
        _turns.TryRemove(source, out _);
        if (rest > TimeSpan.Zero || _passedOver)
            bell.Ring();
    }

    /// <summary>
    /// Between two turns of one source for which more waits than a turn takes. They take a quarter of the time: hooks
    /// are stored first.
    /// </summary>
    private static TimeSpan RestAfter(TimeSpan turn) =>
        TimeSpan.FromTicks(Math.Clamp(turn.Ticks * 3, ShortestRest.Ticks, LongestRest.Ticks));

    /// <summary>Sources with deliveries nobody has read: one probe of the index each, however many there are.</summary>
    private static Task<List<long>> Heard(FairleadDb db, CancellationToken cancel)
    {
        var unread = db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Received);
        return db.Set<SourceRow>()
            .Where(source => unread.Any(row => row.SourceId == source.Id))
            .Select(source => source.Id)
            .ToListAsync(cancel);
    }

    /// <summary>
    /// Sources with deliveries that wait for their host, which is asked for the rest of a crowd at once if it answered
    /// the last time; and those whose host refused a credential that has been replaced.
    /// </summary>
    private Task<List<long>> LeftWaiting(FairleadDb db, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var waiting = db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Waiting);
        return (
            from source in db.Set<SourceRow>()
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where
                source.RefusedRevision == null
                    ? (source.PollFailures == 0 || source.NextPollAt <= now)
                        && waiting.Any(row => row.SourceId == source.Id)
                    : source.RefusedRevision != connection.Revision
                        && (source.Polling || waiting.Any(row => row.SourceId == source.Id))
            orderby source.NextPollAt
            select source.Id
        )
            .Take(SideBySide * 2)
            .ToListAsync(cancel);
    }
}
