using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Brings the hooks at the hosts in line with what is bound here. It compares rows, not messages: whatever a crash
/// left half done is found again. Several servers share the work: one that is due is taken by moving its time on.
/// </summary>
internal sealed class HookService(
    IServiceScopeFactory scopes,
    IReadOnlyList<IProvider> providers,
    HostBell bell,
    TimeProvider time,
    ILogger<HookService> log
) : BackgroundService
{
    private const int AtATime = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (true)
        {
            var next = bell.Next;
            try
            {
                var mine = await Take(stop);
                await Task.WhenAll(mine.Select(source => Keep(source, stop)));
                if (mine.Count > 0)
                    continue;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Hooks could not be kept this time.");
            }
            await bell.Wait(next, Pace, stop);
        }
    }

    private async Task Keep(long source, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<KeepHook>().Run(source, cancel);
    }

    private async Task<IReadOnlyList<long>> Take(CancellationToken cancel)
    {
        var kinds = providers.Where(provider => provider is IManageHooks).Select(provider => provider.Kind).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var now = time.GetUtcNow();
        var due = await Due(db, kinds, now).Take(AtATime).ToListAsync(cancel);
        var mine = new List<long>();
        foreach (var (source, seen) in due)
            if (await Claim(db, source, seen, now + Taken, cancel))
                mine.Add(source);
        return mine;
    }

    /// <summary>
    /// What is due, and what changed here since: bound or unbound (for which outbound-only counts), another secret,
    /// another credential. What another server has taken is due within <see cref="Taken"/> and left alone.
    /// </summary>
    private static IQueryable<Candidate> Due(FairleadDb db, List<string> kinds, DateTimeOffset now)
    {
        var taken = now + Taken;
        return from source in db.Set<SourceRow>()
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where kinds.Contains(connection.Kind)
            from hook in db.Set<HookRow>().Where(row => row.SourceId == source.Id).DefaultIfEmpty()
            let bound = !source.OutboundOnly && db.Set<ImageRow>().Any(image => image.SourceId == source.Id)
            where
                (hook == null && bound)
                || (hook != null && hook.NextAt <= now && (bound || hook.State != HookState.Removed))
                || (
                    hook != null
                    && hook.NextAt > taken
                    && (
                        bound == (hook.State == HookState.Removed)
                        || (bound && hook.SecretVersion != source.HookSecretVersion)
                        || (bound && hook.RefusedRevision != null && hook.RefusedRevision != connection.Revision)
                    )
                )
            orderby source.Id
            select new Candidate(source.Id, hook == null ? null : hook.NextAt);
    }

    private sealed record Candidate(long Source, DateTimeOffset? NextAt);

    private static async Task<bool> Claim(
        FairleadDb db,
        long source,
        DateTimeOffset? seen,
        DateTimeOffset until,
        CancellationToken cancel
    )
    {
        if (seen is { } at)
            return await db.Set<HookRow>()
                    .Where(row => row.SourceId == source && row.NextAt == at && row.NextAt != until)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until), cancel) == 1;
        try
        {
            db.Add(
                new HookRow
                {
                    SourceId = source,
                    State = HookState.Waiting,
                    NextAt = until,
                }
            );
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
