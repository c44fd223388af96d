using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Sources;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>
/// Says from where a build of a push tells what changed: from the last commit that the rule has dealt with, so that
/// what failed or was superseded in between is not forgotten.
/// </summary>
internal sealed class DescribeTrigger(FairleadDb db)
{
    /// <returns>Null for what is built in any case: tags, and what a person asked for.</returns>
    public async Task<JobTrigger?> Of(BuildRow build, CancellationToken cancel)
    {
        if (build.Reason != BuildReason.Event || build.RuleId is null)
            return null;
        if (!GitRef.TryParse(build.Ref, out var from) || from.Kind == RefKind.Tag)
            return null;
        var earlier = db.Set<BuildRow>()
            .AsNoTracking()
            .Where(row => row.RuleId == build.RuleId && row.Ref == build.Ref && row.Id < build.Id);
        var last = await earlier
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.State, row.FailureCode })
            .FirstOrDefaultAsync(cancel);
        // It stands for a push that was to be built.
        var stands = last is { State: BuildState.Cancelled } && last.FailureCode == BuildFailures.SupersededCode;
        var since = build.Plan.Paths.Count == 0 ? null : await Since(build, earlier, cancel);
        return new JobTrigger(!stands, build.Plan.Paths, since);
    }

    private async Task<string?> Since(BuildRow build, IQueryable<BuildRow> earlier, CancellationToken cancel)
    {
        var settled = await earlier
            .Where(row => row.State == BuildState.Succeeded || row.State == BuildState.Skipped)
            .OrderByDescending(row => row.Id)
            .Select(row => row.Commit)
            .FirstOrDefaultAsync(cancel);
        if (settled is not null)
            return settled;
        var first = await earlier.OrderBy(row => row.Id).FirstOrDefaultAsync(cancel) ?? build;
        return await db.Set<EventRow>()
            .Where(change => change.Id == first.EventId)
            .Select(change => change.Before)
            .FirstOrDefaultAsync(cancel);
    }
}
