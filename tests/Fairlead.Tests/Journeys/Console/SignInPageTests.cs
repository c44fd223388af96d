using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

public sealed class SignInPageTests(Chromium chromium)
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newcomer_sets_up_signs_out_and_signs_in(bool scripts)
    {
        await using var server = await TestServer.Start(people: false);
        await using var tab = await Tab.Open(chromium, server, null, scripts);
        var page = tab.Page;
        await page.GotoAsync((await server.Services.GetRequiredService<FirstStart>().Link(default))!);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("ada");
        await page.GetByLabel("Password").FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();

        await page.GetByText("A password has at least 12 characters.").First.WaitForAsync();
        Assert.Equal("ada", await page.GetByLabel("Name", new() { Exact = true }).InputValueAsync());
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();

        await page.Locator(".fl-me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        await page.GotoAsync("/builds?state=Failed");
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/builds?state=Failed");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_keyboard_alone_signs_in()
    {
        await using var server = await TestServer.Start(people: false);
        await using var tab = await Tab.Open(chromium, server, null);
        var page = tab.Page;
        await page.GotoAsync((await server.Services.GetRequiredService<FirstStart>().Link(default))!);
        foreach (var word in (string[])["ada", "Ada", Password])
        {
            await page.Keyboard.TypeAsync(word);
            await page.Keyboard.PressAsync("Tab");
        }
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.Keyboard.PressAsync("/");
        Assert.Equal("fl-search", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_link_of_a_person_signs_in_once()
    {
        await using var server = await TestServer.Start();
        var secret = await server.With(async db =>
        {
            var person = db.Set<PersonRow>().Single(row => row.Name == "max").Id;
            var made = new OneTimeLinks(db, TimeProvider.System).Make(person, OneTimeLinks.ForPerson);
            await db.SaveChangesAsync();
            return made;
        });
        await using var tab = await Tab.Open(chromium, server, null);
        await tab.Page.GotoAsync($"/link/{secret}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        Assert.Equal(410, (await tab.Page.GotoAsync($"/link/{secret}"))!.Status);
    }
}
