using Fairlead.Contracts.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>
/// Lets a delivery act again: rules as they are now, and only what is missing is built, unless asked to rebuild. One
/// that led to no event is read again, and the host is asked whether what it says is true.
/// </summary>
internal sealed class ReplayDelivery(
    FairleadDb db,
    VisibleSources sources,
    ReplayEvent events,
    LedgerBell bell,
    TimeProvider time
)
{
    public async Task<Outcome<ReplayResult>> Run(long id, ReplayInput input, Caller caller, CancellationToken cancel)
    {
        var visible = sources.Of(caller).Select(source => source.Id);
        var delivery = await db.Set<DeliveryRow>()
            .SingleOrDefaultAsync(row => row.Id == id && visible.Contains(row.SourceId), cancel);
        if (delivery is null)
            return EventFailures.DeliveryUnknown(id);
        var told = await db.Set<EventRow>()
            .Where(row => row.DeliveryId == id)
            .OrderBy(row => row.Id)
            .ToListAsync(cancel);
        if (told.Count == 0)
            return await ReadAgain(delivery, cancel);
        var became = await events.Act(told, input.Rebuild, caller, cancel);
        return new ReplayResult(delivery.Id, became);
    }

    private async Task<Outcome<ReplayResult>> ReadAgain(DeliveryRow delivery, CancellationToken cancel)
    {
        await db.Set<DeliveryRow>()
            .Where(row => row.Id == delivery.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, DeliveryState.Received)
                        .SetProperty(row => row.Repeats, row => row.Repeats + 1),
                cancel
            );
        await LookNow.MakeDue(db, delivery.SourceId, time.GetUtcNow(), cancel);
        bell.Ring();
        return new ReplayResult(delivery.Id, "Read again; the host is asked.");
    }
}
