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
public sealed class KilledServerTests
{
    private static readonly int Kills = Number("FAIRLEAD_TEST_KILLS", 6);
    private static readonly int Deliveries = Number("FAIRLEAD_TEST_DELIVERIES", 120);

    [Fact]
    public async Task No_delivery_is_lost_and_none_acts_twice()
    {
        await using var server = await ServerProcess.Start(StartupHook.With(StartupHook.NoBuilds), null);
        await using var data = new Seeding(server);
        var source = await data.Bind();
        await data.With(db => Seeding.BuildEveryBranch(db, source.Id));
        var storm = new HookStorm(server, source, Deliveries);
        await storm.Run(Kills);

        Assert.Equal(Deliveries, storm.Acknowledged.Count);
        Assert.Empty(await Lost(data, storm));
        await Eventually.True("all deliveries are settled", () => Settled(data), TimeSpan.FromSeconds(60));
        Assert.All(await Counts(data, db => db.Set<EventRow>().Select(row => row.Ref)), Once);
        Assert.Equal([], await data.With(WithoutBuild));
        Assert.All(await Counts(data, db => db.Set<BuildRow>().Select(row => row.Ref)), Once);
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

    private static void Once(KeyValuePair<string, int> acts) => Assert.Equal(1, acts.Value);

    /// <summary>How many rows each branch has; a branch of the storm without one is there with zero.</summary>
    private static async Task<Dictionary<string, int>> Counts(Seeding data, Func<FairleadDb, IQueryable<string>> refs)
    {
        var found = (await data.With(db => refs(db).ToListAsync())).CountBy(name => name).ToDictionary();
        foreach (var number in Enumerable.Range(1, Deliveries))
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) ? asked : otherwise;
}
