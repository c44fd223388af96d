using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Core.Events;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A host that cannot reach this server gets no hook, and its pushes are still heard of.</summary>
public sealed class OutboundOnlyTests
{
    [Fact]
    public async Task No_hook_is_registered_and_a_look_every_half_minute_finds_the_push()
    {
        var clock = new ManualClock();
        await using var world = await HostWorld.Make(clock);
        var image = await world.Bind(outboundOnly: true);
        Assert.True(image.Source!.OutboundOnly);
        await world.Hook("off");
        Assert.Empty(world.AtHost.Hooks);

        await Looked(world, 1);
        await world.Work.Write("a", "b").Push("nobody tells of this");
        clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromSeconds(3));
        world.Server.Wake();
        var told = await Eventually.Value(
            "the push is found",
            async () => (await world.Events()).FirstOrDefault(),
            TimeSpan.FromSeconds(20)
        );
        Assert.Equal(("refs/heads/main", "poll"), (told.Ref, told.HeardBy));

        clock.Advance(PollSchedule.OutboundActive * 1.1);
        world.Server.Wake();
        var source = await Looked(world, 3);
        Assert.Equal((3, 2), (source.Looks, source.LooksUnchanged));
    }

    [Fact]
    public async Task Requests_that_are_as_they_were_make_no_turn_and_one_that_was_closed_is_noticed()
    {
        var clock = new ManualClock();
        await using var world = await HostWorld.Make(clock);
        await world.Bind(outboundOnly: true);
        var rule = new RuleInput
        {
            Type = "request",
            Pattern = "main",
            Versions = ["pr-{request}-{sha8}"],
        };
        await world.Post<RuleInfo>("images/demo/app/rules", rule);
        await world.Work.Write("a", "b").Push("first");
        await world.Work.Git("push", "--quiet", "origin", "HEAD:refs/heads/ask");
        var asked = await world.Host.PullRequests.Ask(HostWorld.Repository, "ask");
        await LookOn(3);
        var (turn, quiet) = (await Turn(), (await Looked(world, 1)).LooksUnchanged);

        await LookOn(3);
        Assert.Equal(turn, await Turn());
        Assert.True((await Looked(world, 1)).LooksUnchanged >= quiet + 2);

        await world.Host.PullRequests.Close(asked);
        await LookOn(1);
        Assert.Contains(await world.Events(), change => change is { Kind: "request", After: null });

        async Task LookOn(int times)
        {
            for (var looks = (await Looked(world, 0)).Looks; times > 0; times--)
            {
                clock.Advance(PollSchedule.OutboundOnly * 1.3);
                world.Server.Wake();
                await Looked(world, ++looks);
            }
        }

        Task<long> Turn() => world.Server.With(db => db.Set<SourceRow>().Select(row => row.Turn).SingleAsync());
    }

    [Fact]
    public async Task Switching_it_on_takes_the_hook_away_and_off_brings_it_back()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        await world.Hook("registered");
        await world.Change(new ImageChange { OutboundOnly = true });
        await world.Hook("off");
        Assert.Empty(world.AtHost.Hooks);
        await world.Change(new ImageChange { OutboundOnly = false });
        await world.Hook("registered");
        Assert.Single(world.AtHost.Hooks);
    }

    private static Task<SourceInfo> Looked(HostWorld world, long times) =>
        Eventually.Value(
            $"it was looked at {times} times",
            async () =>
                (await world.Get<Fairlead.Contracts.Page<SourceInfo>>("sources")).Items is [{ } source]
                && source.Looks >= times
                    ? source
                    : null,
            TimeSpan.FromSeconds(20)
        );
}
