using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>
/// Looks after running builds: time limits, cancellations nobody heeds, runners that vanished. Builds of servers that
/// are gone are taken over.
/// </summary>
internal sealed partial class WatchBuilds(
    FairleadDb db,
    IExecutor executor,
    EndBuild end,
    ServerIdentity server,
    QueueSignal queue,
    TimeProvider time,
    ILogger<WatchBuilds> log
)
{
    private static readonly TimeSpan Obedience = TimeSpan.FromSeconds(4);

    /// <summary>A runner beats every two seconds; a process that is gone and silent this long is lost.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>One that is alive and silent hangs, or cannot reach its server any more.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromMinutes(3);

    /// <param name="starting">Builds whose runners are being started right now.</param>
    /// <param name="since">When this server began to listen: silence before does not count.</param>
    public async Task Run(IReadOnlySet<long> starting, DateTimeOffset since, CancellationToken cancel)
    {
        var running = await db.Set<BuildRow>()
            .AsNoTracking()
            .Where(build => build.State == BuildState.Running)
            .ToListAsync(cancel);
        foreach (var build in running.Where(build => !starting.Contains(build.Id)))
            if (build.ServerId == server.Id)
                await Look(build, since, cancel);
            else if (Quiet(build, since) > 2 * LongSilence)
                await Lose(build, cancel);
    }

    private async Task Look(BuildRow build, DateTimeOffset since, CancellationToken cancel)
    {
        var (now, job) = (time.GetUtcNow(), new JobId(build.Id, build.Attempt));
        var limit = build.Plan.TimeLimitMinutes;
        if (build.CancelRequestedAt is { } asked && now - asked > Obedience)
            await Kill(build, job, new BuildEnding(BuildState.Cancelled), cancel);
        else if (now - build.StartedAt > TimeSpan.FromMinutes(limit) + Obedience)
            await Kill(
                build,
                job,
                new BuildEnding(BuildState.TimedOut) { Failure = BuildFailures.TimedOut(limit) },
                cancel
            );
        else if (Quiet(build, since) is var quiet && (quiet > LongSilence || quiet > Silence && !executor.IsAlive(job)))
            await Lose(build, cancel);
    }

    private TimeSpan Quiet(BuildRow build, DateTimeOffset since) =>
        time.GetUtcNow() - (build.HeartbeatAt > since ? build.HeartbeatAt.Value : since);

    private async Task Kill(BuildRow build, JobId job, BuildEnding ending, CancellationToken cancel)
    {
        await executor.Remove(job, cancel);
        await end.Run(db, build.Id, build.Attempt, ending, cancel);
    }

    /// <summary>
    /// One that never asked for its work costs nothing and is started again; one that vanished at work gets a second
    /// chance, not a third.
    /// </summary>
    private async Task Lose(BuildRow build, CancellationToken cancel)
    {
        var job = new JobId(build.Id, build.Attempt);
        var atWork = build.Phase != BuildPhase.Queue;
        Log.Lost(log, build.Id, build.Attempt, build.Phase, executor.LastWords(job));
        if (build.CancelRequestedAt is not null)
            await Kill(build, job, new BuildEnding(BuildState.Cancelled), cancel);
        else if (atWork && build.FailureCode == BuildFailures.LostCode || build.Attempt >= 10)
            await Kill(
                build,
                job,
                new BuildEnding(BuildState.Failed) { Failure = BuildFailures.Lost(build.Phase.Word()) },
                cancel
            );
        else
        {
            await executor.Remove(job, cancel);
            await ClaimBuild.PutBack(db, build, atWork, cancel);
            queue.Pulse();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Runner {Attempt} of build {Build} vanished in {Phase}: {Words}")]
        public static partial void Lost(ILogger log, long build, int attempt, BuildPhase phase, string words);
    }
}
