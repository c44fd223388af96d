using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web.Overview;

/// <summary>Builds joined with the name of their image, as lists show them: newest first.</summary>
internal static class BuildLines
{
    private const int Sample = 20;

    public static IQueryable<BuildLine> Of(FairleadDb db, IQueryable<BuildRow> builds) =>
        from build in builds
        join image in db.Set<ImageRow>() on build.ImageId equals image.Id
        join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
        orderby build.Id descending
        select new BuildLine(
            build.Id,
            space.Name + "/" + image.Name,
            build.Ref,
            build.Commit,
            build.State,
            build.Phase,
            build.QueuedAt,
            build.StartedAt,
            build.FinishedAt,
            build.FailureSentence,
            build.ReusedBuildId
        );

    /// <summary>Says of each line how long builds of its rule usually take.</summary>
    public static async Task<IReadOnlyList<BuildLine>> WithUsual(
        FairleadDb db,
        IReadOnlyList<BuildLine> lines,
        CancellationToken cancel
    )
    {
        var filled = new List<BuildLine>();
        foreach (var line in lines)
            filled.Add(line with { Usually = await Usually(db, line.Id, cancel) });
        return filled;
    }

    /// <summary>The median of the last builds of the same rule that really built; null when there are none.</summary>
    public static async Task<TimeSpan?> Usually(FairleadDb db, long buildId, CancellationToken cancel)
    {
        var of = await db.Set<BuildRow>()
            .Where(build => build.Id == buildId)
            .Select(build => new { build.ImageId, build.RuleId })
            .SingleAsync(cancel);
        var spans = await db.Set<BuildRow>()
            .Where(build =>
                build.Id < buildId
                && build.ImageId == of.ImageId
                && build.RuleId == of.RuleId
                && build.State == BuildState.Succeeded
                && build.ReusedBuildId == null
            )
            .OrderByDescending(build => build.Id)
            .Take(Sample)
            .Select(build => new { build.StartedAt, build.FinishedAt })
            .ToListAsync(cancel);
        return Median(spans.Select(span => span.FinishedAt - span.StartedAt).OfType<TimeSpan>());
    }

    public static TimeSpan? Median(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Order().ToList();
        return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
    }
}
