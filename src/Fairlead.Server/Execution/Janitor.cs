using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>
/// Removes what jobs left on this machine that run no longer: after each build, and after a crash. A runner whose
/// attempt is over is ended with it.
/// </summary>
internal sealed class Janitor(FairleadDb db, IExecutor executor, TimeProvider time)
{
    /// <summary>So that a runner that has just reported its result can end by itself.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(3);

    public async Task Run(CancellationToken cancel)
    {
        var known = executor.Known();
        if (known.Count == 0)
            return;
        var ids = known.Select(job => job.Build).ToList();
        var builds = await db.Set<BuildRow>()
            .Where(build => ids.Contains(build.Id))
            .Select(build => new
            {
                build.Id,
                build.Attempt,
                build.State,
                build.FinishedAt,
            })
            .ToDictionaryAsync(build => build.Id, cancel);
        foreach (var job in known)
        {
            var build = builds.GetValueOrDefault(job.Build);
            var runs = build is { State: BuildState.Running } && build.Attempt == job.Attempt;
            var leaves = build?.FinishedAt > time.GetUtcNow() - Courtesy && executor.IsAlive(job);
            if (!runs && !leaves)
                await executor.Remove(job, cancel);
        }
    }
}
