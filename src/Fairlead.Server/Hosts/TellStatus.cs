using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>Tells the host of one build's commit what the build is now.</summary>
internal sealed class TellStatus(FairleadDb db, ConnectionOpener opener, ServerOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public async Task Run(long buildId, CancellationToken cancel)
    {
        var build = await db.Set<BuildRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == buildId, cancel);
        var told = await db.Set<StatusRow>().FirstOrDefaultAsync(row => row.BuildId == buildId, cancel);
        if (build is null || told is null)
            return;
        var outcome = await IsOutdated(build, cancel) ? Done.It : await Tell(build, cancel);
        var now = time.GetUtcNow();
        if (outcome.Failure is { } failure)
        {
            told.Failures++;
            told.Failure = failure.Sentence;
            told.NextAt = now + Backoff.After(failure, told.Failures, FirstPause, LongestPause);
        }
        else
        {
            (told.Told, told.Failures, told.Failure, told.NextAt) = (build.State, 0, null, now);
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A later build of the same commit by the same rule has the word.</summary>
    private Task<bool> IsOutdated(BuildRow build, CancellationToken cancel) =>
        db.Set<BuildRow>()
            .AnyAsync(
                later =>
                    later.ImageId == build.ImageId
                    && later.RuleId == build.RuleId
                    && later.Commit == build.Commit
                    && later.Id > build.Id,
                cancel
            );

    private async Task<Outcome<Done>> Tell(BuildRow build, CancellationToken cancel)
    {
        var found = await db.Images().FirstAsync(image => image.Image.Id == build.ImageId, cancel);
        if (found.Source is not { } source || !CommitSha.TryParse(build.Commit, out var commit))
            return Done.It;
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IReportStatus host)
            return Done.It;
        var status = new CommitStatus(
            commit,
            State(build.State),
            await Context(build, found.Name, cancel),
            Words(build),
            new Uri($"{options.BaseUrl}/builds/{build.Id}")
        );
        try
        {
            return await host.ReportStatus(bound.Target, source.Repository, status, cancel)
                .WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return ConnectionFailures.TooSlow;
        }
    }

    /// <summary>Each rule of an image speaks for itself; where there is one, it needs no number.</summary>
    private async Task<string> Context(BuildRow build, string image, CancellationToken cancel)
    {
        var rules = await db.Set<RuleRow>().CountAsync(rule => rule.ImageId == build.ImageId, cancel);
        return rules > 1 && build.RuleId is { } rule ? $"fairlead/{image} (rule {rule})" : $"fairlead/{image}";
    }

    private static CommitState State(BuildState state) =>
        state switch
        {
            BuildState.Queued or BuildState.Running => CommitState.Pending,
            // A check that is waited for must not wait for ever.
            BuildState.Succeeded or BuildState.Skipped => CommitState.Success,
            BuildState.Cancelled => CommitState.Cancelled,
            _ => CommitState.Failure,
        };

    private static string Words(BuildRow build) =>
        build.State switch
        {
            BuildState.Queued => $"Build {build.Id} waits.",
            BuildState.Running => $"Build {build.Id} runs.",
            BuildState.Succeeded when build.ReusedBuildId is { } reused =>
                $"The image of build {reused}, tagged again.",
            BuildState.Succeeded => $"Image {string.Join(", ", build.Plan.Versions)} is there.",
            _ => build.FailureSentence ?? $"Build {build.Id} {build.State.Word()}.",
        };
}
