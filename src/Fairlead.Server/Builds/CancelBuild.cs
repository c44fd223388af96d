using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>Takes a build out of the queue, or has its runner stop within five seconds.</summary>
internal sealed class CancelBuild(
    FairleadDb db,
    ListBuilds list,
    TimeProvider time,
    BuildSignals signals,
    QueueSignal queue
)
{
    public async Task<Outcome<BuildInfo>> Run(long id, Caller caller, CancellationToken cancel)
    {
        var (now, failure) = (time.GetUtcNow(), BuildFailures.CancelledBy(caller.Name));
        var build = db.Set<BuildRow>().Where(row => row.Id == id);
        var ended = await build
            .Where(row => row.State == BuildState.Queued)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, BuildState.Cancelled)
                        .SetProperty(row => row.CancelRequestedAt, now)
                        .SetProperty(row => row.FinishedAt, now)
                        .SetProperty(row => row.FailureCode, failure.Code)
                        .SetProperty(row => row.FailureSentence, failure.Sentence)
                        .SetProperty(row => row.FailureRemedy, failure.Remedy),
                cancel
            );
        if (ended == 0 && await AskRunner(build, id, failure, now, cancel) is { } refused)
            return refused;
        signals.Pulse(id);
        queue.Pulse();
        return await list.Show(id, cancel);
    }

    /// <summary>The words are kept for when the runner has stopped; asking twice is the same as once.</summary>
    private static async Task<Failure?> AskRunner(
        IQueryable<BuildRow> build,
        long id,
        Failure words,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var asked = await build
            .Where(row => row.State == BuildState.Running && row.CancelRequestedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.CancelRequestedAt, now)
                        .SetProperty(row => row.FailureCode, words.Code)
                        .SetProperty(row => row.FailureSentence, words.Sentence)
                        .SetProperty(row => row.FailureRemedy, words.Remedy),
                cancel
            );
        if (asked == 1)
            return null;
        var found = await build.AsNoTracking().FirstOrDefaultAsync(cancel);
        return found switch
        {
            null => BuildFailures.Unknown(id),
            { State.IsFinal: true } => BuildFailures.Ended(id, found.State.Word()),
            _ => null,
        };
    }
}
