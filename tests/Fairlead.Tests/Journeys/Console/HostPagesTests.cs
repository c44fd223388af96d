using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>What moves by itself on the pages about code hosts.</summary>
public sealed class HostPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_guide_leads_to_the_pages_of_the_host_whose_address_is_typed()
    {
        await using var world = await HostWorld.Make();
        await using var tab = await Tab.Open(chromium, world.Server, "ada");
        await tab.Page.GotoAsync($"/connections/new?kind={HostWorld.Kind}");
        await tab.Page.Locator("#guide a[href^='https://']").First.WaitForAsync();
        // Leaving this field asks for the guide as well: what is typed next must not be lost behind it.
        await tab.Page.Locator("[name=name]").FillAsync("Kept");
        await tab.Page.Locator("[name='f.url']").FillAsync("https://code.example.com");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Locator("#guide a[href^='https://code.example.com/']").First.WaitForAsync();
        Assert.Equal("Kept", await tab.Page.Locator("[name=name]").InputValueAsync());
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_list_that_takes_its_time_comes_into_the_page_that_waits_for_it()
    {
        await using var world = await HostWorld.Make();
        world.Host.Fault = new Fault.Slow(TimeSpan.FromSeconds(1));
        await using var tab = await Tab.Open(chromium, world.Server, "ada");
        await tab.Page.GotoAsync("/connections/code/repositories");
        await tab.Page.GetByText("The host is being asked").WaitForAsync();
        await tab.Page.GetByText(HostWorld.Repository, new() { Exact = true }).WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_branch_is_made_compared_merged_and_deleted()
    {
        await using var world = await HostWorld.Make();
        await world.Work.Write("a", "1").Push("first");
        await using var tab = await Tab.Open(chromium, world.Server, "ada");
        var (page, walk) = (tab.Page, new Walk(tab.Page));
        await page.GotoAsync($"/connections/code/refs?repository={HostWorld.Repository}");
        await page.GetByRole(AriaRole.Link, new() { Name = "New branch" }).ClickAsync();
        await page.Locator("[name=name]").FillAsync("ready");
        await walk.Press("Make the branch");
        await walk.See("ready is there.");
        await world.Work.Git("fetch", "--quiet");
        await world.Work.Git("switch", "--quiet", "ready");
        await world.Work.Write("b", "2").Git("add", "--all");
        await world.Work.Git("commit", "--quiet", "--message", "second");
        await world.Work.Git("push", "--quiet", "origin", "ready");

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare and merge ready" }).ClickAsync();
        await walk.See("merges by itself");
        await walk.Press("Merge into main");
        await walk.See("ready is merged into main.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete ready" }).ClickAsync();
        await walk.Press("Delete ready");
        await walk.See("ready is gone");
        await world.Work.Git("fetch", "--quiet", "--prune");
        Assert.Equal(3, (await world.Work.Commits("origin/main")).Count);
        Assert.DoesNotContain("ready", await world.Work.Git("branch", "--remotes"));
        Assert.Empty(tab.Complaints);
    }
}
