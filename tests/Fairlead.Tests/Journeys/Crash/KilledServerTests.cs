using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Crash;

/// <summary>
/// A 2xx means it is on disk: the real server program is killed again and again, right after it has answered, while
/// hooks come in. <c>FAIRLEAD_TEST_KILLS</c> and <c>FAIRLEAD_TEST_DELIVERIES</c> ask for more than the default.
/// </summary>
public sealed class KilledServerTests
{
    private static readonly int Kills = Number("FAIRLEAD_TEST_KILLS", 12);
    private static readonly int Deliveries = Number("FAIRLEAD_TEST_DELIVERIES", 240);

    [Fact]
    public async Task No_delivery_is_lost_and_none_acts_twice()
    {
        await using var server = await ServerProcess.Start();
        await using var data = new Seeding(server);
        var source = await data.Bind();
        var storm = new HookStorm(server, source, Deliveries);
        await storm.Run(Kills);

        Assert.Equal(Deliveries, storm.Acknowledged.Count);
        Assert.Empty(await Lost(data, storm));
        await Eventually.True("all deliveries are settled", () => Settled(data), TimeSpan.FromSeconds(60));
        var acts = await data.With(db =>
            db.Set<EventRow>().GroupBy(row => row.Ref).Select(group => group.Count()).ToListAsync()
        );
        Assert.Equal(Deliveries, acts.Count);
        Assert.All(acts, count => Assert.Equal(1, count));
        Assert.Equal("ok", await data.With(Integrity));
    }

    [Fact]
    public async Task A_server_that_answers_before_the_commit_is_caught()
    {
        await using var server = await ServerProcess.Start(StartupHook.With(StartupHook.AnswersFirst), null);
        await using var data = new Seeding(server);
        var storm = new HookStorm(server, await data.Bind(), 40);
        await storm.Run(kills: 4);
        Assert.NotEmpty(await Lost(data, storm));
    }

    private static async Task<List<string>> Lost(Seeding data, HookStorm storm)
    {
        var stored = await data.With(db => db.Set<DeliveryRow>().Select(row => row.Key).ToListAsync());
        return [.. storm.Acknowledged.Except(stored)];
    }

    private static Task<bool> Settled(Seeding data) =>
        data.With(async db => !await db.Set<DeliveryRow>().AnyAsync(row => row.State == DeliveryState.Received));

    private static async Task<string> Integrity(Fairlead.Server.Data.FairleadDb db) =>
        (await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync()).Single();

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) ? asked : otherwise;
}
