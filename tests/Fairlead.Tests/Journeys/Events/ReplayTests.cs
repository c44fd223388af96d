using System.Net;
using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Server.Builds;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Events;

public sealed class ReplayTests
{
    private static readonly string A = Commits.Number(1);
    private static readonly string B = Commits.Number(2);

    [Fact]
    public async Task A_replay_builds_what_is_missing_and_rebuilds_only_when_asked()
    {
        await using var world = await LedgerWorld.Make(A);
        var delivery = await world.Settled(await world.Push(A, B));
        Assert.Equal(0, await Builds(world));
        await AddRule(world);

        await Replay(world, delivery.Id, rebuild: false);
        Assert.Equal(1, await Builds(world));
        await Replay(world, delivery.Id, rebuild: false);
        Assert.Equal(1, await Builds(world));
        await Replay(world, delivery.Id, rebuild: true);
        Assert.Equal(2, await Builds(world));
        Assert.Equal(2, (await world.Events()).Count);
    }

    [Fact]
    public async Task Only_those_who_may_replay_do()
    {
        await using var world = await LedgerWorld.Make(A);
        var answer = await world.Server.Member.PostAsJsonAsync("/api/v1/deliveries/1/replay", new ReplayInput());
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Lists_are_filtered_and_show_nothing_of_a_connection_one_may_not_use()
    {
        await using var world = await LedgerWorld.Make(A);
        await world.Settled(await world.Push(A, B));
        var client = world.Server.Administrator;
        async Task<int> Count<T>(string list) => (await client.GetFromJsonAsync<Page<T>>($"/api/v1/{list}"))!.Total;
        Assert.Equal(1, await Count<EventInfo>("events?ref=main&connection=code&heardBy=hook"));
        Assert.Equal(0, await Count<EventInfo>("events?ref=other"));
        Assert.Equal(1, await Count<EventInfo>($"events?q={B[..8]}"));
        Assert.Equal(1, await Count<DeliveryInfo>("deliveries?state=processed"));
        Assert.Equal(0, await Count<DeliveryInfo>("deliveries?state=waiting"));
        Assert.Equal(1, await Count<SourceInfo>("sources"));

        await world.Server.With(db =>
            db.Set<Fairlead.Server.Connections.ConnectionRow>()
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.Scope, Fairlead.Core.Connections.ScopeOfUse.Private)
                )
        );
        client = world.Server.Member;
        Assert.Equal(0, await Count<EventInfo>("events"));
        Assert.Equal(0, await Count<DeliveryInfo>("deliveries"));
        Assert.Equal(0, await Count<SourceInfo>("sources"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/deliveries/1")).StatusCode);
    }

    private static async Task Replay(LedgerWorld world, long delivery, bool rebuild)
    {
        var input = new ReplayInput(rebuild);
        var answer = await world.Server.Administrator.PostAsJsonAsync($"/api/v1/deliveries/{delivery}/replay", input);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Matches("^Build \\d", (await answer.Content.ReadFromJsonAsync<ReplayResult>())!.Became);
    }

    private static Task<int> Builds(LedgerWorld world) => world.Server.With(db => db.Set<BuildRow>().CountAsync());

    private static Task AddRule(LedgerWorld world) =>
        world.Server.With(db => Seeding.BuildEveryBranch(db, world.Source.Id));
}
