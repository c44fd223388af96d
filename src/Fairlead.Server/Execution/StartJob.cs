using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Data;

namespace Fairlead.Server.Execution;

/// <summary>
/// From a claimed build to its runner. What is wrong with the build fails it; what is wrong with this machine puts it
/// back into the queue, which then says why it waits.
/// </summary>
internal sealed class StartJob(FairleadDb db, DescribeJob describe, IExecutor executor, JobSpecs specs, EndBuild end)
{
    /// <returns>What keeps this machine from starting builds, or null.</returns>
    public async Task<Failure?> Run(BuildRow build, Secret token, CancellationToken cancel)
    {
        var job = new JobId(build.Id, build.Attempt);
        if (!(await describe.Ends(build, cancel)).Try(out var ends, out var wrong))
        {
            var ending = new BuildEnding(BuildState.Failed) { Phase = BuildPhase.Source, Failure = wrong };
            await end.Run(db, build.Id, build.Attempt, ending, cancel);
            return null;
        }
        var prepared = await executor.Prepare(job, build.Slot!.Value, ends.Registries, build.IsOfRequest, cancel);
        if (!prepared.Try(out var place, out var obstacle))
            return await GiveUp(build, job, obstacle, cancel);
        await specs.Write(DescribeJob.Spec(build, ends, place), cancel);
        var started = await executor.Start(job, token, cancel);
        return started.Ok ? null : await GiveUp(build, job, started.Failure, cancel);
    }

    private async Task<Failure> GiveUp(BuildRow build, JobId job, Failure why, CancellationToken cancel)
    {
        await executor.Remove(job, cancel);
        await ClaimBuild.PutBack(db, build, lost: false, cancel);
        return why;
    }
}
