using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>Takes back at hosts what was minted for jobs that are over. The rows of leases are the outbox.</summary>
internal sealed class RevokeService(
    IServiceScopeFactory scopes,
    QueueSignal queue,
    TimeProvider time,
    ILogger<RevokeService> log
) : OutboxService(queue, time, log, "Keys of jobs could not be taken back this time.")
{
    protected override async Task Do(long lease, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RevokeLease>().Run(lease, cancel);
    }

    protected override async Task<IReadOnlyList<long>> Take(DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var until = now + Taken;
        var due = await db.Set<LeaseRow>()
            .Where(lease => lease.RevokeAt <= now)
            .OrderBy(lease => lease.RevokeAt)
            .Take(AtATime)
            .Select(lease => new { lease.Id, lease.RevokeAt })
            .ToListAsync(cancel);
        var mine = new List<long>();
        foreach (var one in due)
            if (
                await db.Set<LeaseRow>()
                    .Where(lease => lease.Id == one.Id && lease.RevokeAt == one.RevokeAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.RevokeAt, until), cancel) == 1
            )
                mine.Add(one.Id);
        return mine;
    }
}
