namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A repository is chosen from what its host has.</summary>
public sealed class ChooseRepositoryTests
{
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
