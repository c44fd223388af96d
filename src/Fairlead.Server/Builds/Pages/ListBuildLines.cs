using Fairlead.Contracts;
using Fairlead.Core.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Web;
using Fairlead.Server.Web.Overview;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Pages;

/// <summary>Builds as the console lists them, filtered and cut in the database.</summary>
internal sealed class ListBuildLines(FairleadDb db)
{
    private const int MostImages = 200;

    public Task<Page<BuildLine>> Run(ListQuery query, CancellationToken cancel)
    {
        var builds = db.Set<BuildRow>().AsQueryable();
        if (query.Choice<BuildState>("state") is { } state)
            builds = builds.Where(build => build.State == state);
        if (query["image"] is { Length: > 0 } name)
            builds =
                from build in builds
                join image in db.Set<ImageRow>() on build.ImageId equals image.Id
                join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
                where space.Name + "/" + image.Name == name
                select build;
        if (query.Text is { Length: > 0 } text)
            builds =
                from build in builds
                join image in db.Set<ImageRow>() on build.ImageId equals image.Id
                join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
                where
                    build.Ref.ToLower().Contains(text)
                    || build.Commit.StartsWith(text)
                    || (space.Name + "/" + image.Name).Contains(text)
                select build;
        return query.Cut(BuildLines.Of(db, builds), cancel);
    }

    public Task<List<string>> Images(CancellationToken cancel) =>
        (
            from image in db.Set<ImageRow>()
            join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
            orderby space.Name, image.Name
            select space.Name + "/" + image.Name
        )
            .Take(MostImages)
            .ToListAsync(cancel);
}
