using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// Takes back at hosts what was minted for jobs that are over. The rows are the outbox: nothing is lost in a crash, no
/// build waits for it, and several servers share the work.
/// </summary>
internal sealed class RevokeService(
    IServiceScopeFactory scopes,
    QueueSignal queue,
    TimeProvider time,
    ILogger<RevokeService> log
) : BackgroundService
{
    private const int AtATime = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var next = queue.Next;
            try
            {
                var mine = await Take(stop);
                await Task.WhenAll(mine.Select(lease => Revoke(lease, stop)));
                if (mine.Count == 0)
                    await queue.Wait(next, Pause, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogError(error, "Keys of jobs could not be taken back this time.");
                await QueueSignal.Either(Task.Delay(Pause, time, stop), Pause, time, stop);
            }
        }
    }

    private async Task Revoke(long lease, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RevokeLease>().Run(lease, cancel);
    }

    private async Task<IReadOnlyList<long>> Take(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var (now, until) = (time.GetUtcNow(), time.GetUtcNow() + Taken);
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
