using Fairlead.Core.Providers;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The way a newcomer goes: allow the host, bind it, make an image with a rule; scripts on and off.</summary>
public sealed class BindAndBuildTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_nothing_to_an_image_with_a_rule(bool scripts)
    {
        using var directory = new TempDir();
        await using var host = await PlainGitHost.Start(directory.Sub("host"));
        host.AddUser("deploy", "s3cret");
        await host.AddRepository("team/app.git");
        await using var server = await TestServer.Start(
            options: plain => plain with { RegistryListen = $"127.0.0.1:{FreePort.Next()}" },
            adjust: QuietServer.NoDispatcher
        );
        await using var tab = await Tab.Open(chromium, server, "ada", scripts);
        var page = tab.Page;

        await page.GotoAsync("/settings");
        await page.GetByText("Add a rule").ClickAsync();
        await page.GetByLabel("Host", new() { Exact = false }).FillAsync("127.0.0.1");
        await page.GetByLabel("May resolve to").FillAsync("127.0.0.0/8");
        await page.GetByLabel("Also by plain http").CheckAsync();
        await Press(page, "Add the rule");
        await page.GetByText("The rule counts from now on.").WaitForAsync();

        await page.GotoAsync($"/connections/new?kind={ConsoleSeed.Kind(server, ProviderFamily.CodeHost)}");
        await page.Locator("[name=name]").FillAsync("Team Git");
        await page.Locator("[name='f.url']").FillAsync(host.UrlOf("team/app.git").ToString());
        await page.Locator("[name='f.username']").FillAsync("deploy");
        await page.Locator("[name='f.password']").FillAsync("wrong");
        await Press(page, "Bind and verify");
        await page.WaitForURLAsync("**/connections/team-git");
        await page.Locator(".fl-why-bad").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Change" }).ClickAsync();
        await page.Locator("[name='f.password']").FillAsync("s3cret");
        await Press(page, "Save and verify");
        await page.WaitForURLAsync("**/connections/team-git");
        await page.GetByText("Trusted", new() { Exact = true }).WaitForAsync();

        await MakeImage(page);
        await page.GetByText("{branch}-{sha8}").WaitForAsync();
        await Press(page, "New secret for it");
        await page.Locator(".fl-secret-once code").WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    private static async Task MakeImage(IPage page)
    {
        await page.GotoAsync("/images/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "Team Git" }).ClickAsync();
        await page.Locator("[name=namespace]").FillAsync("team");
        await page.Locator("[name=name]").FillAsync("app");
        await page.Locator("[name='rules[0].versions']").FillAsync("has a space");
        await Press(page, "Make the image");
        await page.GetByText("contains a space").First.WaitForAsync();
        Assert.Equal("team", await page.Locator("[name=namespace]").InputValueAsync());
        await page.Locator("[name='rules[0].versions']").FillAsync("{branch}-{sha8}");
        await Press(page, "Make the image");
        await page.WaitForURLAsync("**/images/team/app");
    }

    private static Task Press(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
}
