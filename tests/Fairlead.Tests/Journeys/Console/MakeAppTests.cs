using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>An administrator has a host make an App, and binds by installing it, in a real browser.</summary>
public sealed class MakeAppTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Three_clicks_make_and_install_an_app(bool scripts)
    {
        await using var stage = await GitHubStage.Start();
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await using var tab = await Tab.Open(chromium, server, "ada", scripts);
        var walk = new Walk(tab.Page);
        await walk.AllowLoopback();
        await tab.Page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Make an App" }).ClickAsync();
        var form = tab.Page.Locator("#make");
        await form.Locator("[name='f.url']").FillAsync(stage.Target.Settings["url"]);
        await form.Locator("[name=organization]").FillAsync("acme");
        await walk.Press("Make the App");
        if (!scripts)
            await walk.Press("Go to http://127.0.0.1");
        await walk.Press("Create GitHub App for acme");
        await walk.See("The App is made, and its key is sealed.");
        await walk.See("Nowhere yet.");
        await walk.Press("Install the App");
        await walk.Press("Install");
        await walk.See("Bound: the App is installed.");
        await walk.See("Trusted");
        await tab.Page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Install or bind" }).ClickAsync();
        await tab.Page.GetByText("acme", new() { Exact = true }).Last.WaitForAsync();
        await walk.Press("Delete");
        await walk.See("The App is gone here");
        Assert.Empty(tab.Complaints);
    }
}
