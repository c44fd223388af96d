using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>An administrator registers this instance at a host; a member then binds it by two clicks.</summary>
public sealed class AuthoriseTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_clicks_in_a_real_browser_bind_a_host(bool scripts)
    {
        await using var stage = await GiteaStage.Start();
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await using var admin = await Tab.Open(chromium, server, "ada", scripts);
        await Allow(admin.Page);
        await Register(admin.Page, stage);

        await using var member = await Tab.Open(chromium, server, "max", scripts);
        var page = member.Page;
        await page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await Press(page, "Authorise and bind");
        await Press(page, "Allow");
        await page.GetByText("Bound: access was granted at the host.").WaitForAsync();
        await page.GetByText("Trusted", new() { Exact = true }).WaitForAsync();

        await Press(page, "Authorise again");
        await Press(page, "Deny");
        await page.GetByText("Access was denied on the host's page").WaitForAsync();
        Assert.Empty(member.Complaints);
        Assert.Empty(admin.Complaints);
    }

    private static async Task Allow(IPage page)
    {
        await page.GotoAsync("/settings");
        await page.GetByText("Add a rule").ClickAsync();
        await page.GetByLabel("Host", new() { Exact = false }).FillAsync("127.0.0.1");
        await page.GetByLabel("May resolve to").FillAsync("127.0.0.0/8");
        await page.GetByLabel("Also by plain http").CheckAsync();
        await Press(page, "Add the rule");
        await page.GetByText("The rule counts from now on.").WaitForAsync();
    }

    private static async Task Register(IPage page, GiteaStage stage)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Applications at hosts" }).ClickAsync();
        var form = page.Locator("details", new() { HasText = stage.Provider.Title });
        await form.Locator("summary").ClickAsync();
        var callback = await form.Locator(".fl-copy code").TextContentAsync();
        var registered = stage.Door.Register(callback!);
        await form.Locator("[name='f.url']").FillAsync(stage.Target.Settings["url"]);
        await form.Locator("[name=clientId]").FillAsync(registered.ClientId);
        await form.Locator("[name=clientSecret]").FillAsync(registered.ClientSecret);
        await form.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await page.GetByText("People can grant access there from now on.").WaitForAsync();
    }

    private static Task Press(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
}
