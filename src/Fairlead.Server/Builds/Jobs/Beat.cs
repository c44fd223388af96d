using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>A runner says that it lives and what it does, and hears whether to go on.</summary>
internal sealed class Beat(FairleadDb db, RunningJobs jobs, TimeProvider time, BuildSignals signals)
{
    public async Task<Outcome<HeartbeatReply>> Run(JobToken token, Heartbeat beat, CancellationToken cancel)
    {
        if (!(await jobs.Find(token, beat.Attempt, cancel)).Try(out var build, out var refused))
            return refused;
        var phase = BuildWords.Phase(beat.Phase) ?? build.Phase;
        var now = time.GetUtcNow();
        await db.Set<BuildRow>()
            .Where(row => row.Id == build.Id && row.Attempt == beat.Attempt && row.State == BuildState.Running)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.HeartbeatAt, now).SetProperty(row => row.Phase, phase),
                cancel
            );
        if (phase != build.Phase)
            signals.Pulse(build.Id);
        return new HeartbeatReply(build.CancelRequestedAt is not null);
    }
}
