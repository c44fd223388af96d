using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Events.Hooks;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Reads a host's list of what it sent to one hook, and of what is not here all that the host kept. It goes into the
/// inbox under the id it had, so it is one entry in the ledger however often, and by whatever way, it comes.
/// </summary>
internal sealed class CatchUp(
    FairleadDb db,
    ConnectionOpener opener,
    MissedChanges sources,
    Inbox inbox,
    HostBell bell,
    TimeProvider time,
    ILogger<CatchUp> log
)
{
    /// <summary>
    /// Half of what GitHub lets be read in a minute (900 points, one each; facts/codehosts.md 2.5); a host that allows
    /// less says so. The rest is for the next round.
    /// </summary>
    private const int MostAtOnce = 450;

    /// <summary>Stored together: a turn of the ledger, and at most one look at the host.</summary>
    private const int AtATime = 128;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Between two readings when nothing is missing.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromHours(1);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>The host's clock and ours may differ, and a delivery may have been on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    public async Task Run(long sourceId, CancellationToken cancel)
    {
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == sourceId, cancel);
        var hook = await db.Set<HookRow>().AsNoTracking().SingleOrDefaultAsync(row => row.SourceId == sourceId, cancel);
        if (source is null || hook?.HostId is not { } hostId)
            return;
        var opened = await opener.Open(source.ConnectionId, cancel);
        if (!opened.Try(out var bound, out _) || bound.Provider is not IKeepDeliveries host)
            return;
        var place = new Place(host, bound.Target, source, hostId);
        var missed = await InTime(() => Missed(place, hook.ListedTo ?? source.CreatedAt, cancel), cancel);
        if (!missed.Try(out var found, out var failure))
        {
            await Note(sourceId, null, Backoff.After(failure, 1, Soon * 5, Calm), cancel);
            return;
        }
        if (found.All.Count > 0)
            await sources.NoteMissed(sourceId, cancel);
        var (taken, stopped) = await TakeIn(place, [.. found.All.Take(MostAtOnce)], cancel);
        var pause =
            stopped is not null ? Backoff.After(stopped, 1, Soon, Calm)
            : found.All.Count > 0 ? Soon
            : Calm;
        await Note(sourceId, found.SettledTo, pause, cancel);
        if (found.All.Count > 0)
            await Look(sourceId, taken, cancel);
    }

    private sealed record Place(IKeepDeliveries Host, Target Target, SourceRow Source, string Hook);

    private async Task<Outcome<MissedDeliveries>> Missed(Place at, DateTimeOffset since, CancellationToken cancel)
    {
        var name = at.Source.Repository;
        var listed = await at.Host.ListDeliveries(at.Target, name, at.Hook, since - Margin, cancel);
        if (!listed.Try(out var attempts, out var failure))
            return failure;
        var ids = attempts.Select(attempt => attempt.DeliveryId).Distinct().ToList();
        var arrived = new HashSet<string>();
        foreach (var some in ids.Chunk(500))
            arrived.UnionWith(await Arrived(at.Source.Id, some, cancel));
        return MissedDeliveries.Of(attempts, arrived);
    }

    private async Task<IEnumerable<string>> Arrived(long source, string[] ids, CancellationToken cancel)
    {
        var keys = ids.ToDictionary(DeliveryKeys.OfId);
        var known = await db.Set<DeliveryRow>()
            .Where(row => row.SourceId == source && keys.Keys.Contains(row.Key))
            .Select(row => row.Key)
            .ToListAsync(cancel);
        return known.Select(key => keys[key]);
    }

    /// <summary>In the order they were sent, until the host has had enough.</summary>
    private async Task<(int Taken, Failure? Stopped)> TakeIn(
        Place at,
        IReadOnlyList<HostDelivery> missed,
        CancellationToken cancel
    )
    {
        var (taken, stopped) = (0, (Failure?)null);
        foreach (var some in missed.Chunk(AtATime).TakeWhile(_ => stopped is null))
        {
            (var read, stopped) = await Read(at, some, cancel);
            var stored = await Task.WhenAll(read.Select(inbox.Store));
            taken += stored.Count(one => one.Ok);
        }
        return (taken, stopped);
    }

    /// <summary>What the host has not any more is taken in without a body, and the ledger says so.</summary>
    private async Task<(List<PendingDelivery> Read, Failure? Stopped)> Read(
        Place at,
        HostDelivery[] missed,
        CancellationToken cancel
    )
    {
        var read = new List<PendingDelivery>();
        foreach (var one in missed)
        {
            var body = await InTime(
                () => at.Host.ReadDelivery(at.Target, at.Source.Repository, at.Hook, one, cancel),
                cancel
            );
            if (body.Failure is { Retry: not Retry.Never } stopped)
                return (read, stopped);
            read.Add(Pending(at.Source.Id, one, body.Try(out var kept, out _) ? kept : []));
        }
        return (read, null);
    }

    private PendingDelivery Pending(long source, HostDelivery sent, byte[] body) =>
        new(source, HeardBy.Hook, DeliveryKeys.OfId(sent.DeliveryId), body, time.GetUtcNow(), ReopensOnRepeat: false)
        {
            Event = sent.Event,
            Recovered = Recovery.HostsList,
        };

    private Task Note(long source, DateTimeOffset? settled, TimeSpan pause, CancellationToken cancel)
    {
        var next = time.GetUtcNow() + pause;
        return db.Set<HookRow>()
            .Where(row => row.SourceId == source)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.NextListAt, next)
                        .SetProperty(row => row.ListedTo, row => settled ?? row.ListedTo),
                cancel
            );
    }

    /// <summary>A host may have switched off a hook that failed: it is looked at, and mended.</summary>
    private async Task Look(long source, int taken, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        log.LogInformation(
            "{Count} deliveries to source {Source} that did not arrive were read at its host.",
            taken,
            source
        );
        await db.Set<HookRow>()
            .Where(row => row.SourceId == source)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, now), cancel);
        bell.Ring();
    }

    private async Task<Outcome<T>> InTime<T>(Func<Task<Outcome<T>>> work, CancellationToken cancel)
    {
        try
        {
            return await work().WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return ConnectionFailures.TooSlow;
        }
    }
}
