using Fairlead.Contracts.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Lets an event act again; with <c>rebuild</c> as a new event, told by a person.</summary>
internal sealed class ReplayEvent(
    FairleadDb db,
    VisibleSources sources,
    ActOnEvent act,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Outcome<ReplayResult>> Run(long id, ReplayInput input, Caller caller, CancellationToken cancel)
    {
        var visible = sources.Of(caller).Select(source => source.Id);
        var told = await db.Set<EventRow>()
            .Where(row => row.Id == id && visible.Contains(row.SourceId))
            .ToListAsync(cancel);
        return told.Count == 0
            ? EventFailures.EventUnknown(id)
            : new ReplayResult(told[0].DeliveryId, await Act(told, input.Rebuild, caller, cancel));
    }

    /// <summary>What became of them, as one sentence.</summary>
    internal async Task<string> Act(
        IReadOnlyList<EventRow> events,
        bool rebuild,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var acting = new List<EventRow>();
        foreach (var told in events)
            acting.Add(rebuild ? await Again(told, cancel) : told);
        await db.SaveChangesAsync(cancel);
        foreach (var change in acting)
        {
            change.Became = await act(db, change, cancel);
            await audit.Append(
                db,
                caller.Name,
                rebuild ? "event.rebuilt" : "event.replayed",
                $"event/{change.Id}",
                address: caller.Address,
                cancel: cancel
            );
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return string.Join(' ', acting.Select(change => change.Became).Distinct());
    }

    private async Task<EventRow> Again(EventRow told, CancellationToken cancel)
    {
        var again = new EventRow
        {
            SourceId = told.SourceId,
            Ref = told.Ref,
            Before = told.Before,
            After = told.After,
            Key = told.KeyAfter(await told.CountEarlier(db, cancel)),
            HeardBy = HeardBy.Person,
            DeliveryId = told.DeliveryId,
            HeardAt = time.GetUtcNow(),
        };
        db.Add(again);
        return again;
    }
}
