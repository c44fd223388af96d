using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Reads the hosts' lists of deliveries: all of them after a start, for nobody heard what was sent before it, and then
/// from time to time. Several servers share the work: a list that is due is taken by moving its time on.
/// </summary>
internal sealed class CatchUpService(
    IServiceScopeFactory scopes,
    IReadOnlyList<IProvider> providers,
    TimeProvider time,
    ILogger<CatchUpService> log
) : BackgroundService
{
    private const int AtATime = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(5);

    /// <summary>Before the first look of this server.</summary>
    private readonly DateTimeOffset _start = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var started = false;
        while (!stop.IsCancellationRequested)
            try
            {
                if (!started)
                    await AllAreDue(stop);
                started = true;
                var mine = await Take(stop);
                await Task.WhenAll(mine.Select(source => Run(source, stop)));
                if (mine.Count == 0)
                    await Task.Delay(Pace, TimeProvider.System, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogError(error, "Lists of deliveries could not be read this time.");
                await Task.Delay(Pace, TimeProvider.System, stop);
            }
    }

    private async Task Run(long source, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatchUp>().Run(source, cancel);
    }

    /// <summary>Also what was due before: since then, nobody has looked.</summary>
    private async Task AllAreDue(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<FairleadDb>()
            .Set<HookRow>()
            .ExecuteUpdateAsync(set => set.SetProperty(hook => hook.NextListAt, _start), cancel);
    }

    private async Task<IReadOnlyList<long>> Take(CancellationToken cancel)
    {
        var kinds = providers.Where(one => one is IKeepDeliveries).Select(one => one.Kind).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var now = time.GetUtcNow();
        var due = await (
            from hook in db.Set<HookRow>()
            where hook.State == HookState.Registered && hook.HostId != null && hook.NextListAt <= now
            join source in db.Set<SourceRow>() on hook.SourceId equals source.Id
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            // Looked at since it fell due: what the list tells is then late word of what is known.
            where kinds.Contains(connection.Kind) && source.PolledAt >= hook.NextListAt
            orderby hook.NextListAt, hook.SourceId
            select new { hook.SourceId, hook.NextListAt }
        )
            .Take(AtATime)
            .ToListAsync(cancel);
        var mine = new List<long>();
        foreach (var one in due)
            if (await Claim(db, one.SourceId, one.NextListAt, now + Taken, cancel))
                mine.Add(one.SourceId);
        return mine;
    }

    private static async Task<bool> Claim(
        FairleadDb db,
        long source,
        DateTimeOffset seen,
        DateTimeOffset until,
        CancellationToken cancel
    ) =>
        await db.Set<HookRow>()
            .Where(hook => hook.SourceId == source && hook.NextListAt == seen)
            .ExecuteUpdateAsync(set => set.SetProperty(hook => hook.NextListAt, until), cancel) == 1;
}
