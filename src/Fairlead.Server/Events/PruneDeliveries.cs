using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>
/// Forgets the bodies of deliveries after fourteen days: they are what hosts told about private code. The rows stay,
/// and a replay of one without a body looks at the host.
/// </summary>
internal sealed class PruneDeliveries(IServiceScopeFactory scopes, TimeProvider time, ILogger<PruneDeliveries> log)
    : BackgroundService
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Returns how many bodies were forgotten.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var oldest = time.GetUtcNow() - KeptFor;
        var done = db.Set<DeliveryRow>()
            .Where(row => row.ReceivedAt < oldest)
            .Where(row => row.State != DeliveryState.Received && row.State != DeliveryState.Waiting);
        return await db.Set<DeliveryBodyRow>()
            .Where(body => done.Any(row => row.Id == body.DeliveryId))
            .ExecuteDeleteAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await Run(stop);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Old deliveries could not be pruned.");
            }
        }
    }
}
