using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>From a job token to the build it belongs to; a token is good only while its build runs.</summary>
internal sealed class RunningJobs(FairleadDb db)
{
    public async Task<Outcome<BuildRow>> Find(JobToken token, CancellationToken cancel) =>
        await ByToken(token, cancel) is { State: BuildState.Running } build ? build : JobFailures.TokenRefused;

    /// <summary>The same, and refuses what an older attempt says.</summary>
    public async Task<Outcome<BuildRow>> Find(JobToken token, int attempt, CancellationToken cancel) =>
        (await Find(token, cancel)).Then<BuildRow>(build =>
            build.Attempt == attempt ? build : JobFailures.Stale(attempt)
        );

    /// <summary>Also finds a build that has ended: its runner may not have heard that the result arrived.</summary>
    public async Task<BuildRow?> ByToken(JobToken token, CancellationToken cancel) =>
        token.Hash is not { } hash
            ? null
            : await db.Set<BuildRow>().AsNoTracking().FirstOrDefaultAsync(build => build.JobTokenHash == hash, cancel);
}
