using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

internal static class BuildSources
{
    /// <summary>What a build's image is bound to now; null when it no longer is.</summary>
    public static Task<SourceRow?> SourceOf(this FairleadDb db, BuildRow build, CancellationToken cancel) =>
        (
            from image in db.Set<ImageRow>()
            where image.Id == build.ImageId
            join source in db.Set<SourceRow>() on image.SourceId equals source.Id
            select source
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancel);
}
