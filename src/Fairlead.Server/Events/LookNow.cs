using Fairlead.Contracts.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Events.Hooks;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>A person asks to look at a repository, whatever schedule and back-off say.</summary>
internal sealed class LookNow(FairleadDb db, VisibleSources sources, Inbox inbox, TimeProvider time)
{
    public async Task<Outcome<ReplayResult>> Run(long sourceId, Caller caller, CancellationToken cancel)
    {
        if (await sources.Find(sourceId, caller, cancel) is not { } source)
            return EventFailures.SourceUnknown(sourceId);
        await MakeDue(db, source.Id, time.GetUtcNow(), cancel);
        var key = $"look:{Guid.CreateVersion7():N}";
        var stored = await inbox.Store(new(source.Id, HeardBy.Person, key, [], time.GetUtcNow(), false));
        return stored.Map(receipt => new ReplayResult(receipt.DeliveryId, "Looking at the repository."));
    }

    /// <summary>Ends back-off and breaker of a source, so that its next turn asks the host.</summary>
    internal static Task MakeDue(FairleadDb db, long sourceId, DateTimeOffset now, CancellationToken cancel) =>
        db.Set<SourceRow>()
            .Where(row => row.Id == sourceId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.NextPollAt, now).SetProperty(row => row.RefusedRevision, (int?)null),
                cancel
            );
}
