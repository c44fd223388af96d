using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>
/// Builds the same commit again by the same plan, whatever has become of the rule, and really builds it.
/// </summary>
internal sealed class Rebuild(FairleadDb db, ListBuilds list, TimeProvider time, QueueSignal signal)
{
    public async Task<Outcome<BuildInfo>> Run(long id, Caller caller, CancellationToken cancel)
    {
        var old = await db.Set<BuildRow>().AsNoTracking().FirstOrDefaultAsync(build => build.Id == id, cancel);
        if (old is null)
            return BuildFailures.Unknown(id);
        var row = new BuildRow
        {
            ImageId = old.ImageId,
            RuleId = old.RuleId,
            EventId = old.EventId,
            Reason = BuildReason.Rebuild,
            RequestedById = caller.PersonId,
            Key = $"rebuild/{Guid.NewGuid():n}",
            Ref = old.Ref,
            Commit = old.Commit,
            Plan = old.Plan,
            State = BuildState.Queued,
            QueuedAt = time.GetUtcNow(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        signal.Pulse();
        return await list.Show(row.Id, cancel);
    }
}
