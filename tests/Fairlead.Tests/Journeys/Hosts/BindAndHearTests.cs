using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>From a token to an image whose status stands at the host, and back to nothing of ours there.</summary>
public sealed class BindAndHearTests
{
    [Fact]
    public async Task A_host_is_bound_heard_built_from_told_and_left_without_a_trace()
    {
        await using var world = await HostWorld.Make(builds: true);
        var view = await world.Post<ConnectionView>("connections/code/verify", new { });
        Assert.Equal(("trusted", "ada"), (view.Verdict.Kind, view.Verdict.Identity));
        var found = await world.Get<Page<RepositoryInfo>>("connections/code/repositories?q=SHO");
        Assert.Equal("acme/shop", Assert.Single(found.Items).Name);

        await world.Bind();
        await world.Hook("registered");
        var hook = Assert.Single(world.AtHost.Hooks);
        Assert.Equal(("json", 64), (hook.ContentType, hook.Secret?.Length));

        var commit = await world.Work.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Push("first");
        var build = await Eventually.Value(
            "the push is built",
            async () =>
                (await world.Get<Page<BuildInfo>>("builds")).Items.FirstOrDefault(one => one.FinishedAt is not null),
            TimeSpan.FromMinutes(2),
            () => string.Join('\n', world.Server.Log.Lines.TakeLast(30))
        );
        Assert.True(build.State == "succeeded", build.Failure?.Title);
        Assert.Equal(commit, build.Commit);
        Assert.Equal("hook", Assert.Single(await world.Events()).HeardBy);
        Assert.All(hook.Deliveries, delivery => Assert.Equal(202, delivery.Status));

        await Eventually.True(
            "the host shows that it succeeded",
            () => world.AtHost.Statuses.LastOrDefault()?.State == "success",
            TimeSpan.FromSeconds(30)
        );
        var last = world.AtHost.Statuses[^1];
        Assert.Equal((commit, "fairlead/demo/app"), (last.Commit, last.Context));
        Assert.Equal($"{world.Server.Options.BaseUrl}/builds/{build.Id}", last.TargetUrl);
        Assert.Equal("pending", world.AtHost.Statuses[0].State);

        await world.Unbind();
        await Eventually.True("no hook is left", () => world.AtHost.Hooks.Count == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_console_lists_what_the_host_has_and_leads_on_to_an_image()
    {
        await using var world = await HostWorld.Make();
        world.Host.List("acme/other");
        using var browser = await world.Server.Browser("mia");
        Assert.Contains("/connections/code/repositories", await browser.GetStringAsync("/images/new"));
        var list = await browser.GetStringAsync("/connections/code/repositories?q=sho");
        Assert.Contains("/images/new?connection=code&amp;repository=acme%2Fshop", list);
        Assert.DoesNotContain("acme/other", list);
        var form = await browser.GetStringAsync("/images/new?connection=code&repository=acme%2Fshop");
        Assert.Contains("value=\"acme/shop\"", form);
    }
}
