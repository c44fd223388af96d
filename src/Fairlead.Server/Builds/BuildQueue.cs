using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>What keeps this server from starting builds at the moment, as the dispatcher found out.</summary>
internal sealed class QueueObstacle
{
    private volatile Failure? _failure;

    public Failure? Failure
    {
        get => _failure;
        set => _failure = value;
    }
}

/// <summary>How full the queue is, and why what waits in it waits.</summary>
internal sealed class BuildQueue(FairleadDb db, ServerOptions options, QueueObstacle obstacle)
{
    public async Task<QueueInfo> Run(CancellationToken cancel)
    {
        var active = await db.Set<BuildRow>()
            .Where(build => build.State == BuildState.Queued || build.State == BuildState.Running)
            .GroupBy(build => build.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        int Of(BuildState state) => active.FirstOrDefault(one => one.State == state)?.Count ?? 0;
        return new QueueInfo(Of(BuildState.Queued), Of(BuildState.Running), options.Slots);
    }

    /// <summary>One sentence for each build that waits, by its number.</summary>
    public async Task<IReadOnlyDictionary<long, string>> WhyWaiting(
        IEnumerable<BuildRow> builds,
        CancellationToken cancel
    )
    {
        var waiting = builds.Where(build => build.State == BuildState.Queued).Select(build => build.Id).ToList();
        if (waiting.Count == 0)
            return new Dictionary<long, string>();
        var queue = await Run(cancel);
        var reasons = new Dictionary<long, string>();
        foreach (var id in waiting)
        {
            var ahead = await db.Set<BuildRow>()
                .CountAsync(row => row.State == BuildState.Queued && row.Id < id, cancel);
            reasons[id] = Sentence(queue, ahead);
        }
        return reasons;
    }

    private string Sentence(QueueInfo queue, int ahead) =>
        obstacle.Failure is { } failure ? $"No build can start now: {failure.Sentence}"
        : queue.Running < queue.Limit ? "It is about to start."
        : ahead == 0 ? $"It starts next; this machine runs {queue.Limit} at a time."
        : $"It waits behind {ahead} {(ahead == 1 ? "other" : "others")}; this machine runs {queue.Limit} at a time.";
}
