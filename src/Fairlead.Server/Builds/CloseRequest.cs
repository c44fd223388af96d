using Fairlead.Core.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>Nobody waits any more for builds of a request that was merged or closed.</summary>
internal static class CloseRequest
{
    /// <summary>In the caller's transaction. What runs is left alone.</summary>
    /// <returns>One sentence on what became of it.</returns>
    public static async Task<string> Run(FairleadDb db, EventRow change, DateTimeOffset now, CancellationToken cancel)
    {
        var failure = BuildFailures.RequestClosed;
        var images = db.Set<ImageRow>().Where(image => image.SourceId == change.SourceId);
        var cancelled = await db.Set<BuildRow>()
            .Where(build => build.Ref == change.Ref && build.State == BuildState.Queued)
            .Where(build => images.Any(image => image.Id == build.ImageId))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(build => build.State, BuildState.Cancelled)
                        .SetProperty(build => build.FinishedAt, now)
                        .SetProperty(build => build.FailureCode, failure.Code)
                        .SetProperty(build => build.FailureSentence, failure.Sentence)
                        .SetProperty(build => build.FailureRemedy, failure.Remedy),
                cancel
            );
        return cancelled switch
        {
            0 => "The pull request was closed.",
            1 => "The pull request was closed: a build that waited was cancelled.",
            _ => $"The pull request was closed: {cancelled} builds that waited were cancelled.",
        };
    }
}
