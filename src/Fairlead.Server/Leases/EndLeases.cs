using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>Ends all leases of a build, in the transaction that ends the build.</summary>
internal sealed class EndLeases(AuditLog audit, TimeProvider time)
{
    /// <param name="db">With an open transaction; saving and committing stay with the caller.</param>
    public async Task Run(FairleadDb db, long buildId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var ended = await db.Set<LeaseRow>()
            .Where(lease => lease.BuildId == buildId && lease.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.EndedAt, now), cancel);
        await db.Set<LeaseRow>()
            .Where(lease => lease.BuildId == buildId && lease.Revocable && lease.RevokeAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.RevokeAt, now), cancel);
        if (ended > 0)
            await audit.Append(
                db,
                $"job/{buildId}",
                "lease.ended",
                $"build/{buildId}",
                $"{ended} in all.",
                cancel: cancel
            );
    }
}
