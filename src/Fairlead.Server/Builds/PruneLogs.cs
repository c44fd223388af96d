using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>
/// Removes the logs of builds that ended longer ago than logs are kept. In the place of each stays one line that says
/// so, which page, API and CLI show like any other; the length of the log is 0 from then on.
/// </summary>
internal sealed partial class PruneLogs(
    IServiceScopeFactory scopes,
    ServerOptions options,
    TimeProvider time,
    ILogger<PruneLogs> log
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Returns how many logs were removed.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        if (options.LogRetentionDays == 0)
            return 0;
        for (var removed = 0; ; )
        {
            var some = await RemoveSome(cancel);
            removed += some;
            if (some < Batch)
                return removed;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await Run(stop);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.Failed(log, error);
            }
        } while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task<int> RemoveSome(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var oldest = now - TimeSpan.FromDays(options.LogRetentionDays);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var old = await db.Set<BuildRow>()
            .Where(build => build.FinishedAt < oldest && build.LogLength > 0)
            .OrderBy(build => build.Id)
            .Select(build => build.Id)
            .Take(Batch)
            .ToListAsync(cancel);
        await db.Set<BuildLogRow>().Where(piece => old.Contains(piece.BuildId)).ExecuteDeleteAsync(cancel);
        await db.Set<BuildRow>()
            .Where(build => old.Contains(build.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(build => build.LogLength, 0), cancel);
        db.AddRange(old.Select(id => new BuildLogRow { BuildId = id, Bytes = Notice(now) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return old.Count;
    }

    private byte[] Notice(DateTimeOffset now)
    {
        var text = $"The log was removed on {now:yyyy-MM-dd}: logs are kept for {options.LogRetentionDays} days.";
        var line = new LogLine(now.ToUnixTimeMilliseconds(), BuildPhase.Queue.Word(), text);
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web), (byte)'\n'];
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Old build logs could not be removed; it is tried again in an hour")]
        public static partial void Failed(ILogger log, Exception broken);
    }
}
