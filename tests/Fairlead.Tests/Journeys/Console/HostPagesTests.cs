using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

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
}
