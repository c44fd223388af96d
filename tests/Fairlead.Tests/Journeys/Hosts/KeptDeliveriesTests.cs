using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>What a host kept reaches the ledger once; what cannot be read there holds up nothing.</summary>
public sealed class KeptDeliveriesTests
{
    [Fact]
    public async Task What_did_not_arrive_is_read_at_the_host_and_what_it_forgot_is_named()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        await world.Hook("registered");
        var first = await world.Work.Write("a", "1").Push("heard");
        await Eventually.True("the first push is heard of", async () => (await world.Events()).Count == 1);

        await world.Server.Down();
        await world.Work.Write("a", "2").Push("forgotten");
        Forget(world, Sent(world)[^1]);
        await world.Work.Write("a", "3").Push("kept");
        await world.Work.Git("push", "--quiet", "origin", $"{first}:refs/heads/gone");
        await world.Work.Git("push", "--quiet", "origin", ":refs/heads/gone");
        await world.Server.Up();

        await Eventually.True("all four are read", async () => (await Recovered(world)).Count == 4);
        await Eventually.True("and settled", async () => (await Recovered(world)).All(one => one.State == "ignored"));
        Assert.Equal(
            ["Its body is not what the host documents for this event."],
            (await Recovered(world)).Select(one => one.Became!).Where(why => why.Contains("body"))
        );
        Assert.Equal(["hook", "poll"], (await world.Events()).Select(one => one.HeardBy).Order());

        var lists = Lists(world);
        await world.Server.Down();
        await world.Server.Up();
        await Eventually.True("the list is read anew", () => Lists(world) > lists);
        Assert.Equal(4, (await Recovered(world)).Count(one => one.Repeats == 0));
        Assert.All(Sent(world)[^4..], sent => Assert.Equal(0, sent.Status));
    }

    private static void Forget(HostWorld world, GitHubDelivery sent)
    {
        var all = world.AtHost.Hooks.Single().Deliveries;
        lock (all)
            all[all.IndexOf(sent)] = sent with { IsForgotten = true };
    }

    private static List<GitHubDelivery> Sent(HostWorld world)
    {
        var all = world.AtHost.Hooks.Single().Deliveries;
        lock (all)
            return [.. all];
    }

    private static int Lists(HostWorld world) =>
        world.Host.Requests.All.Count(request => request.Path.EndsWith("/deliveries"));

    private static async Task<IReadOnlyList<DeliveryInfo>> Recovered(HostWorld world) =>
        [
            .. (await world.Get<Page<DeliveryInfo>>("deliveries")).Items.Where(one =>
                one.Recovered == "asked host's delivery list"
            ),
        ];
}
