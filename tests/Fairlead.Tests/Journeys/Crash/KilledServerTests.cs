using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Crash;

/// <summary>
/// A 2xx means it is on disk: the real server program is killed again and again, right after it has answered, while
/// hooks come in. <c>FAIRLEAD_TEST_KILLS</c> and <c>FAIRLEAD_TEST_DELIVERIES</c> ask for more than the default.
/// </summary>
public sealed class KilledServerTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 4, 100)]
    [InlineData(true, 3, 60)]
    public async Task No_delivery_is_lost_and_none_acts_twice(bool onPostgres, int kills, int deliveries)
    {
        (kills, deliveries) = (Asked("FAIRLEAD_TEST_KILLS", kills), Asked("FAIRLEAD_TEST_DELIVERIES", deliveries));
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var server = await Start(StartupHook.NoBuilds, database);
        await using var data = new Seeding(server, database);
        var source = await data.Bind();
        await data.With(db => Seeding.BuildEveryBranch(db, source.Id));
        var storm = new HookStorm(server, source, deliveries);
        await storm.Run(kills);

        Assert.Equal(deliveries, storm.Acknowledged.Count);
        var lost = await Lost(data, storm);
        Assert.Empty(lost);
        await Eventually.True("all deliveries are settled", () => Settled(data), TimeSpan.FromSeconds(60));
        Assert.All(await Counts(data, deliveries, db => db.Set<EventRow>().Select(row => row.Ref)), Once);
        Assert.Equal([], await data.With(WithoutBuild));
        var built = await Counts(data, deliveries, db => db.Set<BuildRow>().Select(row => row.Ref));
        Assert.All(built, Once);
        if (!onPostgres)
            Assert.Equal("ok", await data.With(Integrity));
        output.WriteLine(
            $"{storm.Kills} kills, {storm.Acknowledged.Count} deliveries acknowledged: {lost.Count} lost, "
                + $"{built.Count(branch => branch.Value > 1)} built twice."
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_answers_before_the_commit_is_caught(bool onPostgres)
    {
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var server = await Start(StartupHook.AnswersFirst, database);
        await using var data = new Seeding(server, database);
        var storm = new HookStorm(server, await data.Bind(), 40);
        await storm.Run(kills: 3);
        // What it only has not written yet is no loss.
        await server.Stop();
        var lost = await Lost(data, storm);
        Assert.NotEmpty(lost);
        output.WriteLine($"Mutant caught: {lost.Count} lost in {storm.Kills} kills.");
    }

    private static Task<ServerProcess> Start(string mutant, string? database) =>
        ServerProcess.Start(StartupHook.With(mutant), null, database is null ? [] : ["--database", database]);

    private static void Once(KeyValuePair<string, int> acts) => Assert.Equal(1, acts.Value);

    /// <summary>How many rows each branch has; a branch of the storm without one is there with zero.</summary>
    private static async Task<Dictionary<string, int>> Counts(
        Seeding data,
        int deliveries,
        Func<FairleadDb, IQueryable<string>> refs
    )
    {
        var found = (await data.With(db => refs(db).ToListAsync())).CountBy(name => name).ToDictionary();
        foreach (var number in Enumerable.Range(1, deliveries))
            found.TryAdd($"refs/heads/branch-{number}", 0);
        return found;
    }

    /// <summary>What became of the events that made no build.</summary>
    private static Task<List<string>> WithoutBuild(FairleadDb db) =>
        db.Set<EventRow>()
            .Where(row => !db.Set<BuildRow>().Any(build => build.EventId == row.Id))
            .Select(row => $"{row.Ref}: {row.Became}")
            .ToListAsync();

    private static async Task<List<string>> Lost(Seeding data, HookStorm storm)
    {
        var stored = await data.With(db => db.Set<DeliveryRow>().Select(row => row.Key).ToListAsync());
        return [.. storm.Acknowledged.Except(stored)];
    }

    private static Task<bool> Settled(Seeding data) =>
        data.With(async db => await db.Set<DeliveryRow>().AllAsync(row => row.State == DeliveryState.Processed));

    private static async Task<string> Integrity(FairleadDb db) =>
        (await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync()).Single();

    private static int Asked(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) ? asked : otherwise;
}
