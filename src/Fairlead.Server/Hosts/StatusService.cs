using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Tells hosts what became of their commits. It compares what builds are with what was told of them.
/// </summary>
internal sealed class StatusService(
    IServiceScopeFactory scopes,
    IReadOnlyList<IProvider> providers,
    QueueSignal queue,
    TimeProvider time,
    ILogger<StatusService> log
) : OutboxService(queue, time, log, "Commit statuses could not be told this time.")
{
    /// <summary>What could not be told by then, nobody waits for any more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task Do(long build, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TellStatus>().Run(build, cancel);
    }

    protected override async Task<IReadOnlyList<long>> Take(DateTimeOffset now, CancellationToken cancel)
    {
        var kinds = providers.Where(provider => provider is IReportStatus).Select(provider => provider.Kind).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var due = await Due(db, kinds, now).Take(AtATime).ToListAsync(cancel);
        var mine = new List<long>();
        foreach (var one in due)
            if (await Claim(db, one, now + Taken, cancel))
                mine.Add(one.Build);
        return mine;
    }

    private static IQueryable<Candidate> Due(FairleadDb db, List<string> kinds, DateTimeOffset now)
    {
        var oldest = now - Longest;
        return from build in db.Set<BuildRow>()
            where build.FinishedAt == null || build.FinishedAt > oldest
            join image in db.Set<ImageRow>() on build.ImageId equals image.Id
            join source in db.Set<SourceRow>() on image.SourceId equals source.Id
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where kinds.Contains(connection.Kind)
            from told in db.Set<StatusRow>().Where(row => row.BuildId == build.Id).DefaultIfEmpty()
            where told == null || (told.NextAt <= now && (told.Told == null || told.Told != build.State))
            orderby build.Id
            select new Candidate(build.Id, told == null ? null : told.NextAt);
    }

    private sealed record Candidate(long Build, DateTimeOffset? NextAt);

    private static async Task<bool> Claim(FairleadDb db, Candidate one, DateTimeOffset until, CancellationToken cancel)
    {
        if (one.NextAt is { } at)
            return await db.Set<StatusRow>()
                    .Where(row => row.BuildId == one.Build && row.NextAt == at)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until), cancel) == 1;
        try
        {
            db.Add(new StatusRow { BuildId = one.Build, NextAt = until });
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
