using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

public sealed class FirstRunTests(Chromium chromium)
{
    [Fact]
    public async Task The_set_up_link_leads_to_an_overview_that_says_what_comes_next()
    {
        await using var server = await TestServer.Start(people: false);
        var link = await server.Services.GetRequiredService<FirstStart>().Link(default);
        await using var tab = await Tab.Open(chromium, server, null);
        var page = tab.Page;

        await page.GotoAsync(link!);
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync("short");
        await Create(page);
        await page.Locator(".fl-field-bad").WaitForAsync();
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await Create(page);

        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.GetByRole(AriaRole.List, new() { Name = "What comes next" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bind a code host" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Bind something" }).WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    private static Task Create(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
}
