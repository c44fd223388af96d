using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;

namespace Fairlead.Server.Builds;

/// <summary>Nobody waits any more for builds of a request that was merged or closed.</summary>
internal static class CloseRequest
{
    /// <summary>In the caller's transaction. What runs is left alone.</summary>
    /// <returns>One sentence on what became of it.</returns>
    public static async Task<string> Run(FairleadDb db, EventRow change, DateTimeOffset now, CancellationToken cancel)
    {
        var images = db.Set<ImageRow>().Where(image => image.SourceId == change.SourceId);
        var cancelled = await db.Set<BuildRow>()
            .Where(build => build.Ref == change.Ref && images.Any(image => image.Id == build.ImageId))
            .Cancel(BuildFailures.RequestClosed, now, cancel);
        return cancelled switch
        {
            0 => "The pull request was closed.",
            1 => "The pull request was closed: a build that waited was cancelled.",
            _ => $"The pull request was closed: {cancelled} builds that waited were cancelled.",
        };
    }
}
