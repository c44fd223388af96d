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
/// Reads a host's list of what it sent to one hook, and has it send again what is not here. It comes by the hook, under
/// the id it had, so it is one entry in the ledger however often that is done.
/// </summary>
internal sealed class CatchUp(
    FairleadDb db,
    ConnectionOpener opener,
    MissedChanges sources,
    HostBell bell,
    TimeProvider time,
    ILogger<CatchUp> log
)
{
    /// <summary>
    /// GitHub allows 180 of these a minute (900 points, five each; facts/codehosts.md 2.5); a host that allows fewer
    /// says so. The rest is for the next round.
    /// </summary>
    private const int MostAtOnce = 150;

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
        if (!opened.Try(out var bound, out _) || bound.Provider is not IReplayDeliveries host)
            return;
        var place = new Place(host, bound.Target, source, hostId);
        var missed = await InTime(() => Missed(place, hook.ListedTo ?? source.CreatedAt, cancel), cancel);
        if (!missed.Try(out var found, out var failure))
        {
            await Note(sourceId, null, failure.Retry == Retry.Later ? Soon * 5 : Calm, cancel);
            return;
        }
        if (found.Again.Count > 0)
            await sources.NoteMissed(sourceId, cancel);
        await Remember(sourceId, found.Again, cancel);
        var asked = await Again(place, found.Again, cancel);
        await Note(sourceId, found.SettledTo, found.Again.Count > 0 ? Soon : Calm, cancel);
        if (found.Again.Count > 0)
            await Look(sourceId, asked, cancel);
    }

    private sealed record Place(IReplayDeliveries Host, Target Target, SourceRow Source, string Hook);

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

    /// <summary>Before it is asked for: it may be here before the host has answered.</summary>
    private async Task Remember(long source, IReadOnlyList<HostDelivery> missed, CancellationToken cancel)
    {
        var keys = missed.Take(MostAtOnce).Select(one => DeliveryKeys.OfId(one.DeliveryId)).ToHashSet();
        var known = db.Set<ResendRow>().Where(row => row.SourceId == source && keys.Contains(row.Key));
        keys.ExceptWith(await known.Select(row => row.Key).ToListAsync(cancel));
        db.AddRange(keys.Select(key => new ResendRow { SourceId = source, Key = key }));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>In the order they were sent first. A host that has had enough is left alone for a round.</summary>
    private async Task<int> Again(Place at, IReadOnlyList<HostDelivery> missed, CancellationToken cancel)
    {
        var asked = 0;
        foreach (var one in missed.Take(MostAtOnce))
        {
            var again = await InTime(
                () => at.Host.Redeliver(at.Target, at.Source.Repository, at.Hook, one.Id, cancel),
                cancel
            );
            if (again.Ok)
                asked++;
            else if (again.Failure.Retry != Retry.Never)
                break;
        }
        return asked;
    }

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
    private async Task Look(long source, int asked, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        log.LogInformation("{Count} deliveries to source {Source} that did not arrive are sent again.", asked, source);
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
