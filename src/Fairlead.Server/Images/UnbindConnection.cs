using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>
/// Takes a connection that is about to go away from all images: they are no longer built from or pushed to it.
/// </summary>
internal sealed class UnbindConnection(FairleadDb db)
{
    /// <summary>In the caller's transaction.</summary>
    public async Task Run(long connectionId, CancellationToken cancel)
    {
        var sources = db.Set<SourceRow>()
            .Where(source => source.ConnectionId == connectionId)
            .Select(source => source.Id);
        await db.Set<ImageRow>()
            .Where(image => image.SourceId != null && sources.Contains(image.SourceId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(image => image.SourceId, (long?)null), cancel);
        await db.Set<ImageRow>()
            .Where(image => image.TargetConnectionId == connectionId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(image => image.TargetConnectionId, (long?)null)
                        .SetProperty(image => image.TargetRepository, (string?)null),
                cancel
            );
    }
}
