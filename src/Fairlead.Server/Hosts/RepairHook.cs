using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>A person has a hook looked at and mended now, whatever the schedule says.</summary>
internal sealed class RepairHook(
    FairleadDb db,
    VisibleSources sources,
    KeepHook keep,
    ListHooks list,
    AuditLog audit,
    TimeProvider time
)
{
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    public async Task<Outcome<HookInfo>> Run(long sourceId, Caller caller, CancellationToken cancel)
    {
        if (await sources.Find(sourceId, caller, cancel) is not { } source)
            return EventFailures.SourceUnknown(sourceId);
        if (await list.One(sourceId, caller, cancel) is null)
            return HostFailures.NoHooks("This kind of connection");
        await Take(sourceId, cancel);
        await keep.Run(sourceId, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await audit.Append(
            db,
            caller.Name,
            "source.hook-repaired",
            $"source/{source.Id}",
            address: caller.Address,
            cancel: cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (await list.One(sourceId, caller, cancel))!;
    }

    /// <summary>Keeps the schedule's hands off it meanwhile.</summary>
    private async Task Take(long sourceId, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + Taken;
        if (!await db.Set<HookRow>().AnyAsync(row => row.SourceId == sourceId, cancel))
            db.Add(
                new HookRow
                {
                    SourceId = sourceId,
                    State = HookState.Waiting,
                    NextAt = until,
                }
            );
        await db.SaveChangesAsync(cancel);
        await db.Set<HookRow>()
            .Where(row => row.SourceId == sourceId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until), cancel);
        db.ChangeTracker.Clear();
    }
}
