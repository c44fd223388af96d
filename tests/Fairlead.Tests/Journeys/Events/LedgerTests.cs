using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Connections;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Events;

public sealed class LedgerTests(PostgresServer postgres)
{
    private static readonly string A = Commits.Number(1);
    private static readonly string B = Commits.Number(2);
    private static readonly string C = Commits.Number(3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missed_push_is_found_by_a_look_and_its_late_hook_does_nothing(bool onPostgres)
    {
        await using var world = await Make(onPostgres);
        Assert.Empty(await world.Events());
        world.Host["main"] = B;
        Assert.Equal("processed", (await world.Look()).State);
        var late = await world.Settled(await world.Push(A, B));
        Assert.Equal("ignored", late.State);
        Assert.StartsWith("Known already: main is at", late.Became);
        Assert.Equal([(A, B)], await world.Moves());
    }

    /// <summary>Bound, pushed to, looked at, told: the push is not taken for what was there before.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push_that_the_first_look_saw_before_its_hook_came_acts_once(bool onPostgres)
    {
        await using var world = await Make(onPostgres);
        Assert.Empty(await world.Moves());
        await world.Settled(await world.Push(Commits.None, A));
        Assert.Equal([(null, A)], await world.Moves());
        var again = await world.Settled(await world.Push(Commits.None, A, "sent again"));
        Assert.Equal("ignored", again.State);
        Assert.Equal([(null, A)], await world.Moves());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_branch_that_goes_back_and_forth_acts_each_time_it_really_moves(bool onPostgres)
    {
        await using var world = await Make(onPostgres);
        foreach (var (from, to) in new[] { (A, B), (B, A), (A, B) })
        {
            world.Host["main"] = to;
            // No delivery id: the third body is the same as the first.
            await world.Push(from, to);
            await Eventually.True(
                $"the ledger knows {to}",
                async () => (await world.Moves()).LastOrDefault() == (from, to)
            );
            await world.Look();
        }
        Assert.Equal([(A, B), (B, A), (A, B)], await world.Moves());
    }

    [Fact]
    public async Task A_replayed_hook_does_not_take_a_branch_back()
    {
        await using var world = await Make();
        world.Host["main"] = B;
        await world.Settled(await world.Push(A, B, "first"));
        world.Host["main"] = A;
        await world.Settled(await world.Push(B, A, "second"));
        var replay = await world.Settled(await world.Push(A, B, "replayed under another id"));
        Assert.StartsWith("Superseded: main is at", replay.Became);
        Assert.Equal([(A, B), (B, A)], await world.Moves());
    }

    [Fact]
    public async Task A_hook_that_leaves_a_gap_waits_for_the_host_and_says_so()
    {
        await using var world = await Make();
        world.Host.Failure = new Failure("git.unreachable", "The host did not answer.", 502) { Retry = Retry.Later };
        var waiting = await world.Settled(await world.Push(B, C));
        Assert.Equal("waiting", waiting.State);
        Assert.Contains("The host did not answer.", waiting.Became);

        (world.Host["main"], world.Host.Failure) = (C, null);
        await world.Look();
        Assert.Equal("processed", (await world.Settled(waiting.Id)).State);
        Assert.Equal([(A, C)], await world.Moves());
    }

    /// <summary>
    /// More than one turn takes wait for the host. They neither keep new hooks from being read nor come up again and
    /// again; once it answers, all are settled without waiting for the schedule.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crowd_that_waits_for_the_host_stops_nobody_and_is_settled_in_one_go(bool onPostgres)
    {
        const int Crowd = 300;
        var clock = new ManualClock();
        await using var world = await Make(onPostgres, clock);
        world.Host.Failure = new Failure("git.unreachable", "The host did not answer.", 502) { Retry = Retry.Later };
        foreach (var number in Enumerable.Range(0, Crowd))
            await Send(world, BoundSource.Body("main", Commits.Number(100 + number), Commits.Number(101 + number)));
        await Count(world, DeliveryState.Waiting, Crowd);
        var asked = world.Host.Asked;
        Assert.Equal("processed", (await world.Settled(await world.Push(A, B))).State);
        Assert.Equal(asked, world.Host.Asked);

        (world.Host["main"], world.Host.Failure) = (C, null);
        clock.Leap(PollSchedule.Longest);
        await Count(world, DeliveryState.Waiting, 0);
        Assert.Equal([(A, B), (B, C)], await world.Moves());
    }

    [Fact]
    public async Task A_late_hook_does_not_bring_a_deleted_branch_back()
    {
        await using var world = await Make();
        world.Host["side"] = B;
        await world.Look();
        world.Host["side"] = null;
        await world.Look();
        var body = BoundSource.Body("side", Commits.None, C);
        Assert.Equal("Superseded: side is gone by now.", (await world.Settled(await Send(world, body))).Became);
        Assert.Equal([(null, B), (B, null)], await world.Moves());
    }

    [Fact]
    public async Task An_empty_hook_means_look_for_yourself()
    {
        await using var world = await Make();
        foreach (var body in new[] { "", "{}" })
            Assert.Equal("Looked: nothing new.", (await world.Settled(await Send(world, body))).Became);
        world.Host["main"] = B;
        await world.Settled(await Send(world, ""));
        var change = Assert.Single(await world.Events());
        Assert.Equal((HeardBy.Hook, B), (change.HeardBy, change.After));
    }

    [Fact]
    public async Task A_host_that_fails_is_backed_off_from_and_one_that_refuses_is_left_alone_until_something_changes()
    {
        var clock = new ManualClock();
        await using var world = await Make(clock: clock);
        world.Host.Failure = new Failure("git.down", "The host did not answer.", 502) { Retry = Retry.Later };
        clock.Leap(TimeSpan.FromMinutes(2));
        await world.Until("a look has failed", row => row is { PollFailures: 1, PollFailure: not null });
        clock.Leap(TimeSpan.FromMinutes(2));
        await world.Until("a second look has failed", row => row.PollFailures == 2);

        world.Host.Failure = new Failure("git.refused", "The host refused.", 422) { Retry = Retry.NeedsPerson };
        clock.Leap(TimeSpan.FromMinutes(2));
        await world.Until("the refusal is noted", row => row.RefusedRevision is not null);
        var asked = world.Host.Asked;
        clock.Leap(TimeSpan.FromHours(5));
        Assert.Equal("waiting", (await world.Settled(await world.Push(B, C))).State);
        Assert.Equal(asked, world.Host.Asked);

        world.Host.Failure = null;
        await world.Server.With(db =>
            db.Set<ConnectionRow>()
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1))
        );
        await world.Until("it was looked at again", row => row is { RefusedRevision: null, PollFailures: 0 });
    }

    [Fact]
    public async Task Two_servers_share_one_ledger_and_each_change_acts_once()
    {
        var database = await postgres.NewDatabase();
        await using var world = await Make(onPostgres: true, database: database);
        await using var second = await TestServer.Start(
            options: options => options with { Database = database, KeyFile = world.Server.Options.KeyFile },
            adjust: world.Host.Stand,
            people: false
        );
        var todo = Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, 3)).ToArray();
        Random.Shared.Shuffle(todo);
        var clients = new[] { world.Server.Anonymous, second.Anonymous };
        await Parallel.ForEachAsync(
            todo.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (job, _) =>
            {
                var (index, number) = job;
                var client = clients[index % 2];
                var answer = await world.Source.Push(
                    client,
                    $"b{number}",
                    Commits.None,
                    Commits.Number(number),
                    $"{number}"
                );
                Assert.True(answer.IsSuccessStatusCode);
            }
        );
        await Eventually.True(
            "all are settled",
            () =>
                world.Server.With(async db =>
                    await db.Set<DeliveryRow>().AllAsync(row => row.State == DeliveryState.Processed)
                ),
            TimeSpan.FromSeconds(30)
        );
        Assert.Equal(60, (await world.Events()).Count);
        Assert.Equal(60, (await world.Events()).DistinctBy(change => change.Ref).Count());
    }

    private static Task Count(LedgerWorld world, DeliveryState state, int count) =>
        Eventually.True(
            $"{count} deliveries are {state}",
            async () =>
                await world.Server.With(db => db.Set<DeliveryRow>().CountAsync(row => row.State == state)) == count,
            TimeSpan.FromSeconds(20)
        );

    private static Task<HttpResponseMessage> Send(LedgerWorld world, string body) =>
        world.Source.Send(world.Server.Anonymous, body);

    private async Task<LedgerWorld> Make(bool onPostgres = false, ManualClock? clock = null, string? database = null) =>
        await LedgerWorld.Make(A, clock, onPostgres ? database ?? await postgres.NewDatabase() : null);
}
