using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>Builds that nobody waits for any more.</summary>
internal static class CancelWaiting
{
    /// <summary>Cancels those that still wait, in the caller's transaction. What runs is left alone.</summary>
    /// <returns>How many they were.</returns>
    public static Task<int> Cancel(
        this IQueryable<BuildRow> builds,
        Failure why,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        builds
            .Where(build => build.State == BuildState.Queued)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(build => build.State, BuildState.Cancelled)
                        .SetProperty(build => build.FinishedAt, now)
                        .SetProperty(build => build.FailureCode, why.Code)
                        .SetProperty(build => build.FailureSentence, why.Sentence)
                        .SetProperty(build => build.FailureRemedy, why.Remedy),
                cancel
            );
}
