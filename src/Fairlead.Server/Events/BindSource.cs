using Fairlead.Server.Data;
using Fairlead.Server.Events.Hooks;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Finds or makes the source of one repository of one connection.</summary>
internal sealed class BindSource(HookSecrets secrets, TimeProvider time)
{
    /// <summary>
    /// Runs in the caller's transaction and saves; committing stays with the caller, who then rings the
    /// <see cref="LedgerBell"/>. A new source has a hook with a secret of its own and is looked at at once: what
    /// stands there then is where its history begins.
    /// </summary>
    /// <param name="repository">As the provider names it; empty when the connection is one repository.</param>
    /// <param name="outboundOnly">Whether its host cannot reach this server; null leaves what is known.</param>
    public async Task<SourceRow> Run(
        FairleadDb db,
        long connectionId,
        string repository,
        bool? outboundOnly,
        CancellationToken cancel
    )
    {
        var source = await Find(db, connectionId, repository, cancel);
        var now = time.GetUtcNow();
        // Not by the row that was read: the ledger may have its turn with it meanwhile.
        if (outboundOnly is not { } only || only == source.OutboundOnly)
            return source;
        await db.Set<SourceRow>()
            .Where(row => row.Id == source.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.OutboundOnly, only).SetProperty(row => row.NextPollAt, now),
                cancel
            );
        await db.Entry(source).ReloadAsync(cancel);
        return source;
    }

    private async Task<SourceRow> Find(FairleadDb db, long connectionId, string repository, CancellationToken cancel)
    {
        var known = await db.Set<SourceRow>()
            .SingleOrDefaultAsync(row => row.ConnectionId == connectionId && row.Repository == repository, cancel);
        if (known is not null)
            return known;
        var now = time.GetUtcNow();
        var source = new SourceRow
        {
            ConnectionId = connectionId,
            Repository = repository,
            HookId = HookIds.Make(),
            NextPollAt = now,
            CreatedAt = now,
        };
        db.Add(source);
        await db.SaveChangesAsync(cancel);
        await secrets.Replace(db, source, cancel);
        await db.SaveChangesAsync(cancel);
        return source;
    }
}
