using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

internal sealed class ListBuilds(FairleadDb db, BuildReading reading, BuildQueue queue)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<BuildInfo>> Run(BuildFilter filter, CancellationToken cancel)
    {
        var builds = Narrow(filter);
        var page = await builds.OrderByDescending(build => build.Id).ToPage(filter.Page, filter.Size, cancel);
        var described = await Describe(page.Items, cancel);
        return new Page<BuildInfo>(described, page.Total, page.Number, page.Size);
    }

    public async Task<Outcome<BuildInfo>> Show(long id, CancellationToken cancel) =>
        await db.Set<BuildRow>().AsNoTracking().FirstOrDefaultAsync(build => build.Id == id, cancel) is { } row
            ? (await Describe([row], cancel))[0]
            : BuildFailures.Unknown(id);

    private IQueryable<BuildRow> Narrow(BuildFilter filter)
    {
        var builds = db.Set<BuildRow>().AsNoTracking();
        if (filter.Image is { Length: > 0 } image)
        {
            var ids = db.Images().Where(found => found.Space.Name + "/" + found.Image.Name == image);
            builds = builds.Where(build => ids.Any(found => found.Image.Id == build.ImageId));
        }
        if (filter.State == "active")
            builds = builds.Where(build => build.State == BuildState.Queued || build.State == BuildState.Running);
        else if (filter.State is { Length: > 0 } word)
            builds = BuildWords.State(word) is { } state
                ? builds.Where(build => build.State == state)
                : builds.Where(build => false);
        if (filter.Ref is { Length: > 0 } gitRef)
            builds = builds.Where(build =>
                build.Ref == gitRef
                || build.Ref == "refs/heads/" + gitRef
                || build.Ref == "refs/tags/" + gitRef
                || build.Ref == "refs/pull/" + gitRef + "/head"
            );
        if (filter.Q.Part() is { } part)
        {
            var ids = db.Images().Where(found => (found.Space.Name + "/" + found.Image.Name).Contains(part));
            builds = builds.Where(build =>
                build.Ref.ToLower().Contains(part)
                || build.Commit.StartsWith(part)
                || ids.Any(found => found.Image.Id == build.ImageId)
            );
        }
        return builds;
    }

    private async Task<IReadOnlyList<BuildInfo>> Describe(IReadOnlyList<BuildRow> rows, CancellationToken cancel)
    {
        var images = rows.Select(build => build.ImageId).Distinct().ToList();
        var found = await db.Images()
            .Where(one => images.Contains(one.Image.Id))
            .ToDictionaryAsync(one => one.Image.Id, cancel);
        var people = rows.Select(build => build.RequestedById).OfType<long>().Distinct().ToList();
        var names = await db.Set<PersonRow>()
            .Where(person => people.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var waiting = await queue.WhyWaiting(rows, cancel);
        return rows.Select(build =>
                reading.ToInfo(
                    build,
                    found[build.ImageId],
                    build.RequestedById is { } who ? names.GetValueOrDefault(who) : null,
                    waiting.GetValueOrDefault(build.Id)
                )
            )
            .ToList();
    }
}
