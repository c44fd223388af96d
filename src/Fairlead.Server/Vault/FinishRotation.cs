namespace Fairlead.Server.Vault;

/// <summary>Goes on with a rotation that a crash cut short; the key file with more than one key tells of it.</summary>
internal sealed class FinishRotation(RotateKeys rotate, KeyRing keys, ILogger<FinishRotation> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (keys.Keys.Count == 1)
            return;
        try
        {
            log.LogInformation(
                "Went on with a key rotation: {Count} data keys wrapped again.",
                await rotate.Finish(stop)
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The key rotation could not be finished; both keys stay in use.");
        }
    }
}
