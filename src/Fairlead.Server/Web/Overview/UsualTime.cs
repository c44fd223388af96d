using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web.Overview;

/// <summary>"Usually 44 s": the median of the last builds of the same rule that really built.</summary>
internal sealed class UsualTime(FairleadDb db)
{
    private const int Sample = 20;

    /// <returns>Null when there is nothing to go by.</returns>
    public async Task<TimeSpan?> Of(BuildInfo build, CancellationToken cancel)
    {
        var spans = await db.Set<BuildRow>()
            .Where(other =>
                other.Id < build.Id
                && other.RuleId == build.RuleId
                && other.RuleId != null
                && other.State == BuildState.Succeeded
                && other.ReusedBuildId == null
            )
            .OrderByDescending(other => other.Id)
            .Take(Sample)
            .Select(other => new { other.StartedAt, other.FinishedAt })
            .ToListAsync(cancel);
        return Median(spans.Select(span => span.FinishedAt - span.StartedAt).OfType<TimeSpan>());
    }

    public static TimeSpan? Median(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Order().ToList();
        return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
    }
}
