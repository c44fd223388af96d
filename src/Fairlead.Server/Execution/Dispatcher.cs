using System.Collections.Concurrent;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>
/// Gives queued builds to free slots of this machine and looks after those that run. All its knowledge is in the
/// database and in the job directories, so it can die at any point and go on.
/// </summary>
internal sealed partial class Dispatcher(
    IServiceScopeFactory scopes,
    ServerOptions options,
    ServerIdentity server,
    ClaimBuild claim,
    QueueSignal queue,
    QueueObstacle obstacle,
    TimeProvider time,
    ILogger<Dispatcher> log
) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private const int Glances = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Task> _starting = new();
    private DateTimeOffset _since;
    private DateTimeOffset _notBefore;

    /// <summary>Runners go on while the server is away; only what nobody uses is stopped.</summary>
    public override async Task StopAsync(CancellationToken cancel)
    {
        await base.StopAsync(cancel);
        await Release([], cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        _since = time.GetUtcNow();
        try
        {
            await Release(Enumerable.Range(0, options.Slots), cancel);
            for (var eager = 0; !cancel.IsCancellationRequested; )
            {
                var news = queue.Next;
                await Turn(cancel);
                // A pulse may come from inside a transaction: look again soon, until it must have been committed.
                var pause = eager > 0 ? Glance * (Glances - --eager) : LookAgain;
                await queue.Wait(news, pause, cancel);
                if (news.IsCompleted)
                    eager = Glances;
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; runners go on, and the next start finds them.
        }
        await Task.WhenAll(_starting.Values)
            .WaitAsync(TimeSpan.FromSeconds(10), time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Turn(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<WatchBuilds>()
                .Run(_starting.Keys.ToHashSet(), _since, cancel);
            await scope.ServiceProvider.GetRequiredService<Janitor>().Run(cancel);
            await Fill(scope.ServiceProvider.GetRequiredService<FairleadDb>(), cancel);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // One turn that fails (the database is away) must not end the loop.
            Log.TurnFailed(log, broken);
        }
    }

    private async Task Release(IEnumerable<int> keep, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
            var building = await Taken(db, cancel);
            await scope
                .ServiceProvider.GetRequiredService<IExecutor>()
                .Release(keep.Concat(building).ToHashSet(), cancel);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Log.TurnFailed(log, broken);
        }
    }

    private Task<List<int>> Taken(FairleadDb db, CancellationToken cancel) =>
        db.Set<BuildRow>()
            .Where(build => build.State == BuildState.Running && build.ServerId == server.Id && build.Slot != null)
            .Select(build => build.Slot!.Value)
            .ToListAsync(cancel);

    private async Task Fill(FairleadDb db, CancellationToken cancel)
    {
        if (time.GetUtcNow() < _notBefore)
            return;
        var taken = await Taken(db, cancel);
        var free = Enumerable.Range(0, options.Slots).Where(slot => !taken.Contains(slot)).ToList();
        while (free.Count > 0)
        {
            var next = await db.Set<BuildRow>()
                .AsNoTracking()
                .Where(build => build.State == BuildState.Queued)
                .OrderBy(build => build.Id)
                .FirstOrDefaultAsync(cancel);
            if (next is null)
                break;
            var slot = await Prefer(db, free, next.ImageId, cancel);
            var (token, hash) = JobToken.New();
            if (await claim.Run(db, next.Id, slot, hash, cancel) is not { } build)
                continue;
            free.Remove(slot);
            _starting[build.Id] = Task.Run(() => Start(build, token, cancel), CancellationToken.None);
        }
    }

    /// <summary>The slot that built this image last has its layers at hand.</summary>
    private async Task<int> Prefer(FairleadDb db, List<int> free, long image, CancellationToken cancel)
    {
        var last = await db.Set<BuildRow>()
            .Where(build => build.ImageId == image && build.ServerId == server.Id && build.FinishedAt != null)
            .OrderByDescending(build => build.Id)
            .Select(build => build.Slot)
            .FirstOrDefaultAsync(cancel);
        return last is { } slot && free.Contains(slot) ? slot : free[0];
    }

    private async Task Start(BuildRow build, Secret token, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var failure = await scope.ServiceProvider.GetRequiredService<StartJob>().Run(build, token, cancel);
            if (failure is not null)
                Hold(failure);
            else
                obstacle.Failure = null;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // The build has no runner; watching finds it lost and puts it back.
            Log.StartFailed(log, build.Id, broken);
        }
        finally
        {
            _starting.TryRemove(build.Id, out _);
        }
    }

    private void Hold(Failure failure)
    {
        obstacle.Failure = failure;
        _notBefore = time.GetUtcNow() + Pause;
        Log.CannotBuild(log, failure.Code, failure.Sentence);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Looking after builds failed; it is tried again")]
        public static partial void TurnFailed(ILogger log, Exception broken);

        [LoggerMessage(2, LogLevel.Error, "The runner of build {Build} could not be started")]
        public static partial void StartFailed(ILogger log, long build, Exception broken);

        [LoggerMessage(3, LogLevel.Warning, "No build can start now ({Code}): {Sentence}")]
        public static partial void CannotBuild(ILogger log, string code, string sentence);
    }
}
