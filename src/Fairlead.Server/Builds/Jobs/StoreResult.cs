using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// Ends a build as its runner says: state, digest and tags in one transaction, so that no build has succeeded without
/// a digest. A result that comes twice is accepted and changes nothing.
/// </summary>
internal sealed class StoreResult(FairleadDb db, RunningJobs jobs, EndBuild end)
{
    public async Task<Outcome<Done>> Run(JobToken token, JobResult result, CancellationToken cancel)
    {
        if (await jobs.ByToken(token, cancel) is not { } build)
            return JobFailures.TokenRefused;
        if (build.Attempt != result.Attempt)
            return JobFailures.Stale(result.Attempt);
        if (build.State.IsFinal)
            return Done.It;
        if (Read(result).Try(out var ending, out var wrong))
            return await end.Run(db, build.Id, build.Attempt, ending, cancel) || await HasEnded(build.Id, cancel)
                ? Done.It
                : JobFailures.Stale(result.Attempt);
        return wrong;
    }

    private Task<bool> HasEnded(long id, CancellationToken cancel) =>
        db.Set<BuildRow>().AnyAsync(build => build.Id == id && build.FinishedAt != null, cancel);

    private static Outcome<BuildEnding> Read(JobResult result)
    {
        if (BuildWords.State(result.State) is not { IsFinal: true } state)
            return JobFailures.StateUnknown(result.State);
        if (state == BuildState.Succeeded && !ImageReference.IsDigest(result.Digest))
            return JobFailures.DigestMissing;
        var ending = new BuildEnding(state)
        {
            Phase = BuildWords.Phase(result.Phase),
            Digest = result.Digest,
            Size = result.Size,
            Platforms = result.Platforms,
            Failure = Words(state, result),
        };
        foreach (var (word, milliseconds) in result.DurationsMs)
            if (BuildWords.Phase(word) is { } phase)
                ending.Durations[phase] = milliseconds;
        return ending;
    }

    private static Failure? Words(BuildState state, JobResult result) =>
        result.Failure is { } problem
            ? new Failure(problem.Code, problem.Title, problem.Status) { Remedy = problem.Remedy }
        : state == BuildState.Failed ? JobFailures.Unexplained
        : null;
}
