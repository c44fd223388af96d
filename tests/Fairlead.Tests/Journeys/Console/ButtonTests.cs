using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>What the buttons of builds, events, namespaces and people do, pressed in a browser.</summary>
public sealed class ButtonTests(Chromium chromium)
{
    [Fact]
    public async Task A_build_is_built_again_and_a_waiting_one_is_cancelled()
    {
        await using var server = await Busy();
        await using var tab = await Tab.Open(chromium, server, "max");
        var done = await One(server, BuildState.Succeeded);

        await tab.Page.GotoAsync($"/builds/{done.Id}");
        await Press(tab, "Build again");
        await tab.Page.WaitForURLAsync(url => url.Contains("/builds/") && !url.EndsWith($"/{done.Id}"));
        var again = long.Parse(tab.Page.Url.Split('/')[^1]);
        Assert.Equal(done.Commit, (await server.With(db => db.FindAsync<BuildRow>(again).AsTask()))!.Commit);

        await Press(tab, "Cancel");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Build again" }).WaitForAsync();
        Assert.Equal(BuildState.Cancelled, (await server.With(db => db.FindAsync<BuildRow>(again).AsTask()))!.State);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_running_build_is_asked_to_stop_and_the_button_rests()
    {
        await using var server = await Busy();
        await using var tab = await Tab.Open(chromium, server, "max");
        var running = await One(server, BuildState.Running);
        await tab.Page.GotoAsync($"/builds/{running.Id}");
        await Press(tab, "Cancel");
        await tab.Page.Locator("button[disabled]", new() { HasText = "Cancel" }).WaitForAsync();
        Assert.True((await One(server, BuildState.Running)).CancelRequestedAt is not null);
    }

    [Fact]
    public async Task A_delivery_is_replayed_from_its_page_and_from_the_image()
    {
        await using var server = await Busy();
        await using var tab = await Tab.Open(chromium, server, "mia");
        var delivery = await server.With(db => Task.FromResult(db.Set<DeliveryRow>().Max(row => row.Id)));
        await tab.Page.GotoAsync($"/events/{delivery}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await tab.Page.Locator(".fl-said").WaitForAsync();

        await tab.Page.GotoAsync("/images/shop/checkout");
        await tab.Page.GetByLabel("Replay delivery").First.ClickAsync();
        await tab.Page.Locator(".fl-said").WaitForAsync();
        Assert.EndsWith("/images/shop/checkout", tab.Page.Url);

        await using var member = await Tab.Open(chromium, server, "max");
        await member.Page.GotoAsync($"/events/{delivery}");
        Assert.Equal(0, await member.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).CountAsync());
    }

    [Fact]
    public async Task A_namespace_is_made_and_goes_only_with_a_yes_to_its_images()
    {
        await using var server = await Busy();
        await using var tab = await Tab.Open(chromium, server, "mia", scripts: false);
        await tab.Page.GotoAsync("/namespaces");
        await tab.Page.GetByLabel("Name", new() { Exact = false }).First.FillAsync("Bad Name");
        await Press(tab, "Make it");
        await tab.Page.Locator(".fl-field-bad").WaitForAsync();
        await tab.Page.Locator("[name=name]").FillAsync("team");
        await Press(tab, "Make it");
        await tab.Page.GetByText("team is there.").WaitForAsync();

        await tab.Page.GetByLabel("Delete shop").ClickAsync();
        await tab.Page.GetByText("image shop/checkout").WaitForAsync();
        await Press(tab, "Delete shop");
        await tab.Page.GetByLabel("Delete it all the same").WaitForAsync();
        await tab.Page.GotoAsync("/namespaces");
        await tab.Page.GetByLabel("Delete team").ClickAsync();
        await Press(tab, "Delete team");
        await tab.Page.GetByText("team is gone.").WaitForAsync();
        Assert.Equal(2, await tab.Page.Locator(".fl-rows > li").CountAsync());
    }

    [Fact]
    public async Task An_administrator_signs_a_person_out()
    {
        await using var server = await Busy();
        using var browser = await server.Browser("max");
        await using var tab = await Tab.Open(chromium, server, "ada", scripts: false);
        await tab.Page.GotoAsync("/people/max");
        await Press(tab, "Sign out");
        await tab.Page.GetByText("Not signed in anywhere.").WaitForAsync();
        Assert.NotEqual(200, (int)(await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_theme_is_switched_and_the_page_stays()
    {
        await using var server = await Busy();
        await using var tab = await Tab.Open(chromium, server, "max", scripts: false);
        await tab.Page.GotoAsync("/builds?state=failed");
        await Press(tab, "Change to dark");
        await tab.Page.GetByLabel("Theme: dark", new() { Exact = false }).WaitForAsync();
        Assert.EndsWith("/builds?state=failed", tab.Page.Url);
    }

    private static async Task<TestServer> Busy()
    {
        var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        return server;
    }

    private static Task<BuildRow> One(TestServer server, BuildState state) =>
        server.With(db => Task.FromResult(db.Set<BuildRow>().First(row => row.State == state)));

    private static Task Press(Tab tab, string name) =>
        tab.Page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
}
