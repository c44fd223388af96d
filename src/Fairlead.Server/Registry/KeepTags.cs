using Fairlead.Server.Builds;

namespace Fairlead.Server.Registry;

/// <summary>
/// Has tags reconciled when this server starts, after the registry was started anew, and every hour. What fails is
/// tried again after a minute.
/// </summary>
internal sealed partial class KeepTags(IServiceScopeFactory scopes, TimeProvider time, ILogger<KeepTags> log)
    : BackgroundService
{
    private static readonly TimeSpan Hourly = TimeSpan.FromHours(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly QueueSignal _soon = new(time);

    /// <summary>The registry may have lost what it had to tell.</summary>
    public void Soon() => _soon.Pulse();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (true)
        {
            var asked = _soon.Next;
            await _soon.Wait(asked, await Turn(stop) ? Hourly : Again, stop);
        }
    }

    private async Task<bool> Turn(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var outcome = await scope.ServiceProvider.GetRequiredService<ReconcileTags>().Run(stop);
            if (outcome.Failure is { } failure)
                Log.Away(log, failure.Code, failure.Sentence);
            else if (outcome.Value > 0)
                Log.Changed(log, outcome.Value);
            return outcome.Ok;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Log.Failed(log, broken);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The registry could not tell its tags ({Code}): {Sentence}")]
        public static partial void Away(ILogger log, string code, string sentence);

        [LoggerMessage(2, LogLevel.Information, "{Count} tags were not as the registry has them, and are now")]
        public static partial void Changed(ILogger log, int count);

        [LoggerMessage(3, LogLevel.Error, "Tags could not be compared with the registry; it is tried again")]
        public static partial void Failed(ILogger log, Exception broken);
    }
}
