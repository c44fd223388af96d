using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>Stores one turn: all of it in one transaction, or nothing.</summary>
internal sealed class RecordTurn(ActOnEvent act, WriteGate gate, TimeProvider time)
{
    /// <exception cref="DbUpdateException">Somebody else decided meanwhile; nothing was stored.</exception>
    public async Task Run(FairleadDb db, Turn turn, CancellationToken cancel)
    {
        using var pass = await gate.Enter(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        turn.Source.Turn++;
        await Schedule(db, turn, cancel);
        var events = await AddEvents(db, turn, cancel);
        IReadOnlyList<string> retargeted = turn.Listing is { } listing
            ? await StoreRequests.Run(db, turn.Source, listing, time.GetUtcNow(), cancel)
            : [];
        await StoreHeads(db, turn, cancel);
        await db.SaveChangesAsync(cancel);
        foreach (var change in events.Concat(await StandWhere(db, turn, retargeted, cancel)))
            change.Became = await act(db, change, cancel);
        await db.SaveChangesAsync(cancel);
        await StoreFates(db, turn, events, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>
    /// The events that tell where requests stand. Those that go to another branch now act again, by the rules about it.
    /// </summary>
    private static async Task<IReadOnlyList<EventRow>> StandWhere(
        FairleadDb db,
        Turn turn,
        IReadOnlyList<string> requests,
        CancellationToken cancel
    )
    {
        var found = new List<EventRow>();
        foreach (var name in requests.Except(turn.Reckoning.Moves.Select(move => move.Ref.Full)))
            if (
                await db.Set<EventRow>()
                    .Where(row => row.SourceId == turn.Source.Id && row.Ref == name)
                    .OrderByDescending(row => row.Id)
                    .FirstOrDefaultAsync(cancel) is
                { After: not null } last
            )
                found.Add(last);
        return found;
    }

    /// <summary>A statement for all that share a fate: a burst of deliveries must not hold up the inbox.</summary>
    private static async Task StoreFates(
        FairleadDb db,
        Turn turn,
        IReadOnlyList<EventRow> events,
        CancellationToken cancel
    )
    {
        var fates = Enumerable
            .Range(0, turn.Deliveries.Count)
            .Select(i => (Delivery: turn.Deliveries[i], Fate: DeliveryFate.Of(turn, i, events)))
            .Where(pair => (pair.Delivery.State, pair.Delivery.Became) != (pair.Fate.State, pair.Fate.Became))
            .GroupBy(pair => (pair.Fate, pair.Delivery.Repeats))
            .ToList();
        foreach (var fate in fates)
        {
            var ids = fate.Select(pair => pair.Delivery.Id).ToList();
            var stored = await db.Set<DeliveryRow>()
                .Where(row => ids.Contains(row.Id) && row.Repeats == fate.Key.Repeats)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.State, fate.Key.Fate.State)
                            .SetProperty(row => row.Became, fate.Key.Fate.Became),
                    cancel
                );
            if (stored != ids.Count)
                throw new DbUpdateConcurrencyException("A delivery came again while the ledger read it.");
        }
    }

    private async Task Schedule(FairleadDb db, Turn turn, CancellationToken cancel)
    {
        var (source, now) = (turn.Source, time.GetUtcNow());
        if (turn.Deliveries.LastOrDefault(one => one is { HeardBy: HeardBy.Hook, Recovered: null }) is { } heard)
            source.HookHeardAt = heard.ReceivedAt;
        Count(turn, now);
        if (turn.Looked)
            (source.PolledAt, source.PollFailures, source.PollFailure, source.RefusedRevision) = (now, 0, null, null);
        else if (turn.Failure is { } failure)
        {
            (source.PollFailures, source.PollFailure) = (source.PollFailures + 1, failure.Sentence);
            source.RefusedRevision = failure.Retry == Retry.NeedsPerson ? await source.Revision(db, cancel) : null;
        }
        else
            return;
        // What the host did not tell of its requests now, it may soon.
        var ears =
            turn.Listing?.RequestsFailure is { Retry: Retry.Later } && !source.OutboundOnly
                ? Ears.None
                : EarsOf(source, now);
        source.NextPollAt = now + PollSchedule.Next(source.PollFailures, ears, Random.Shared.NextDouble());
    }

    /// <summary>How else a source is heard of.</summary>
    internal static Ears EarsOf(SourceRow source, DateTimeOffset now) =>
        source.OutboundOnly
            ? source.MissedAt > now - PollSchedule.Active
                ? Ears.OutboundActive
                : Ears.OutboundOnly
            : source.HookHeardAt > now - TimeSpan.FromDays(1)
                ? Ears.Hook
                : Ears.None;

    private static void Count(Turn turn, DateTimeOffset now)
    {
        if (!turn.Looked)
            return;
        turn.Source.Looks++;
        turn.Source.LooksUnchanged += turn.Reckoning.Moves.Count > 0 ? 0 : 1;
        if (turn.Reckoning.Moves.Any(move => move.DeliveryId is null))
            turn.Source.MissedAt = now;
    }

    private async Task<List<EventRow>> AddEvents(FairleadDb db, Turn turn, CancellationToken cancel)
    {
        var missed = Recoveries.OfLook(turn.Source.HookHeardAt is not null, turn.SinceLook);
        var events = new List<EventRow>();
        var deliveries = turn.Deliveries.ToDictionary(delivery => delivery.Id);
        var looked = turn.Deliveries.Zip(turn.Readings).FirstOrDefault(pair => pair.Second is Reading.Look).First;
        foreach (var move in turn.Reckoning.Moves)
        {
            var told = move.DeliveryId is { } id ? deliveries[id] : looked;
            var change = new EventRow
            {
                SourceId = turn.Source.Id,
                Ref = move.Ref.Full,
                Before = move.Before?.Value,
                After = move.After?.Value,
                Key = "",
                HeardBy = told?.HeardBy ?? HeardBy.Poll,
                DeliveryId = told?.Id,
                HeardAt = time.GetUtcNow(),
                Recovered = told is null ? missed : told.Recovered,
            };
            var inThisTurn = events.Count(change.IsSameChange);
            change.Key = change.KeyAfter(await change.CountEarlier(db, cancel) + inThisTurn);
            events.Add(change);
        }
        db.AddRange(events);
        return events;
    }

    private static async Task StoreHeads(FairleadDb db, Turn turn, CancellationToken cancel)
    {
        var heads = turn.Reckoning.Heads;
        var touched = turn.Reckoning.Touched.Select(name => name.Full).ToList();
        var rows = await db.Set<RefHeadRow>()
            .Where(row => row.SourceId == turn.Source.Id && touched.Contains(row.Ref))
            .ToDictionaryAsync(row => row.Ref, cancel);
        foreach (var name in turn.Reckoning.Touched)
        {
            var row = rows.GetValueOrDefault(name.Full);
            if (!heads.TryGetValue(name, out var commit))
                db.RemoveRange(row is null ? [] : [row]);
            else if (row is not null)
                row.Commit = commit.Value;
            else
                db.Add(
                    new RefHeadRow
                    {
                        SourceId = turn.Source.Id,
                        Ref = name.Full,
                        Commit = commit.Value,
                    }
                );
        }
    }
}
