using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Keeps in mind that something of a source was not heard of in time.</summary>
internal sealed class MissedChanges(FairleadDb db, TimeProvider time)
{
    public Task NoteMissed(long sourceId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.Set<SourceRow>()
            .Where(row => row.Id == sourceId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MissedAt, now), cancel);
    }
}
