using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>
/// Verifies connections when they are due. Several servers may run it: a due connection is taken by moving its time on,
/// and only one of them succeeds in that.
/// </summary>
internal sealed class VerifyService(IServiceScopeFactory scopes, TimeProvider time, ILogger<VerifyService> log)
    : BackgroundService
{
    public const int AtATime = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stop))
            try
            {
                var due = await Take(stop);
                await Task.WhenAll(due.Select(id => Verify(id, stop)));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Connections could not be verified this time.");
            }
    }

    private async Task<IReadOnlyList<long>> Take(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<FairleadDb>().Set<ConnectionRow>();
        var now = time.GetUtcNow();
        var due = await rows.Where(row => row.NextVerifyAt <= now)
            .OrderBy(row => row.NextVerifyAt)
            .Select(row => new { row.Id, row.NextVerifyAt })
            .Take(AtATime)
            .ToListAsync(cancel);
        var mine = new List<long>();
        foreach (var seen in due)
            if (await Claim(rows, seen.Id, seen.NextVerifyAt, now + Taken, cancel))
                mine.Add(seen.Id);
        return mine;
    }

    private static async Task<bool> Claim(
        IQueryable<ConnectionRow> rows,
        long id,
        DateTimeOffset seen,
        DateTimeOffset until,
        CancellationToken cancel
    ) =>
        await rows.Where(row => row.Id == id && row.NextVerifyAt == seen)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextVerifyAt, until), cancel) == 1;

    private async Task Verify(long id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<VerifyConnection>().Now(id, cancel);
    }
}
