using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Forgets the sources of a connection that goes away, with their ledger and hook secrets.</summary>
internal sealed class ForgetSources(FairleadDb db, SecretVault vault)
{
    /// <summary>In the caller's transaction; nothing may be bound to the sources any more.</summary>
    public async Task Run(long connectionId, CancellationToken cancel)
    {
        var sources = db.Set<SourceRow>().Where(source => source.ConnectionId == connectionId);
        foreach (var id in await sources.Select(source => source.Id).ToListAsync(cancel))
            await vault.Forget(db, $"source/{id}", cancel);
        await sources.ExecuteDeleteAsync(cancel);
    }
}
