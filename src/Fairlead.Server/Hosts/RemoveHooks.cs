using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Takes the hooks of a connection that is about to go away from their host, while its credential is still there.
/// </summary>
internal sealed class RemoveHooks(FairleadDb db, KeepHook keep, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Best effort within ten seconds: a host that is out of reach keeps no connection alive.</summary>
    /// <returns>The repositories whose hook may still be there.</returns>
    public async Task<IReadOnlyList<string>> Run(string slug, CancellationToken cancel)
    {
        var rows = await (
            from source in db.Set<SourceRow>().AsNoTracking()
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where connection.Slug == slug
            join hook in db.Set<HookRow>() on source.Id equals hook.SourceId
            where hook.HostId != null
            select new { Source = source, Hook = hook }
        ).ToListAsync(cancel);
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var left = new List<string>();
        foreach (var row in rows)
            try
            {
                if (!(await keep.Remove(row.Source, row.Hook, either.Token)).Ok)
                    left.Add(row.Source.Repository);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                left.Add(row.Source.Repository);
            }
        // Should the connection stay after all, they are put back.
        foreach (var row in rows)
            row.Hook.NextAt = time.GetUtcNow().AddMinutes(1);
        await db.SaveChangesAsync(cancel);
        return left;
    }
}
