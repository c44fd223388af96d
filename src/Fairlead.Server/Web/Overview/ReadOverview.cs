using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web.Overview;

/// <summary>Reads the first page: a handful of bounded queries.</summary>
internal sealed class ReadOverview(
    FairleadDb db,
    ListBuilds builds,
    ReadConcerns concerns,
    UsualTime usual,
    UsableConnections connections,
    TimeProvider time
)
{
    private const int MostRunning = 6;
    private const int MostRecent = 10;
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    public async Task<OverviewModel> Run(Caller caller, CancellationToken cancel)
    {
        var running = await builds.Run(new BuildFilter(State: "running", Size: MostRunning), cancel);
        var lines = new List<UnderWay>();
        foreach (var build in running.Items.Reverse())
            lines.Add(new UnderWay(build, await usual.Of(build, cancel)));
        return new OverviewModel(
            await concerns.Run(caller, cancel),
            lines,
            await db.Set<BuildRow>().CountAsync(build => build.State == BuildState.Queued, cancel),
            await ReadWeek(cancel),
            (await builds.Run(new BuildFilter(Size: MostRecent), cancel)).Items,
            await connections.For(caller).AnyAsync(cancel),
            await db.Set<ImageRow>().AnyAsync(cancel)
        );
    }

    private async Task<Week> ReadWeek(CancellationToken cancel)
    {
        var from = time.GetUtcNow() - 14 * HalfDay;
        var finished = await db.Set<BuildRow>()
            .Where(build =>
                build.FinishedAt >= from && build.State != BuildState.Cancelled && build.State != BuildState.Skipped
            )
            .Select(build => new
            {
                build.State,
                build.StartedAt,
                build.FinishedAt,
                build.ReusedBuildId,
            })
            .ToListAsync(cancel);
        var bars = new (int Good, int Bad)[14];
        foreach (var build in finished)
        {
            ref var bar = ref bars[Math.Clamp((int)((build.FinishedAt!.Value - from) / HalfDay), 0, 13)];
            bar = build.State == BuildState.Succeeded ? (bar.Good + 1, bar.Bad) : (bar.Good, bar.Bad + 1);
        }
        var took = finished
            .Where(build => build is { State: BuildState.Succeeded, ReusedBuildId: null, StartedAt: not null })
            .Select(build => build.FinishedAt!.Value - build.StartedAt!.Value);
        return new Week(bars, finished.Count(build => build.ReusedBuildId is not null), UsualTime.Median(took));
    }
}
