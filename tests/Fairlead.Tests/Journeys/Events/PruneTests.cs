using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Events;

public sealed class PruneTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bodies_are_forgotten_after_fourteen_days_and_rows_stay(bool onPostgres)
    {
        var clock = new ManualClock();
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var world = await LedgerWorld.Make(Commits.Number(1), clock, database);
        await world.Settled(await world.Push(Commits.Number(1), Commits.Number(2)));
        var prune = world.Server.Services.GetRequiredService<PruneDeliveries>();
        Assert.Equal(0, await prune.Run(default));
        await world.Server.With(db =>
            db.Set<DeliveryRow>()
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.ReceivedAt, clock.GetUtcNow() - TimeSpan.FromDays(15))
                )
        );
        Assert.Equal(1, await prune.Run(default));
        Assert.False(await world.Server.With(db => db.Set<DeliveryBodyRow>().AnyAsync()));
        Assert.Equal(1, await world.Server.With(db => db.Set<DeliveryRow>().CountAsync()));
    }
}
