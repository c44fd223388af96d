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
    public async Task<SourceRow> Run(FairleadDb db, long connectionId, string repository, CancellationToken cancel)
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
