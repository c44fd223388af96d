using Fairlead.Core.Providers;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The way a newcomer goes: allow the host, bind it, make an image with a rule; scripts on and off.</summary>
public sealed class BindAndBuildTests(Chromium chromium, PostgresServer postgres)
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task From_nothing_to_a_build(bool scripts, bool onPostgres)
    {
        var database = onPostgres ? await postgres.NewDatabase() : null;
        using var directory = new TempDir();
        await using var host = await PlainGitHost.Start(directory.Sub("host"));
        host.AddUser("deploy", "s3cret");
        await host.AddRepository("team/app.git");
        await host.Repositories.Commit("team/app", new Dictionary<string, string> { ["Dockerfile"] = "FROM scratch" });
        await using var server = await TestServer.Start(
            options: plain => plain with { RegistryListen = $"127.0.0.1:{FreePort.Next()}", Database = database },
            adjust: QuietServer.NoDispatcher
        );
        await using var tab = await Tab.Open(chromium, server, "ada", scripts);
        var page = tab.Page;

        await new Walk(page).AllowLoopback();
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

        await MakeImage(page, scripts);
        await page.GetByText("{branch}-{sha8}").WaitForAsync();
        await Press(page, "New secret");
        await page.Locator(".fl-secret-once code").WaitForAsync();

        await page.GotoAsync("/images/team/app");
        await Press(page, "Build now");
        await page.WaitForURLAsync("**/builds/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).WaitForAsync();

        await host.DisposeAsync();
        await StillWorksWithoutTheHost(page, scripts);
        Assert.Empty(tab.Complaints);
    }

    /// <summary>Suggestions are missing and the page says why; a name that is typed is taken.</summary>
    private static async Task StillWorksWithoutTheHost(IPage page, bool scripts)
    {
        await page.GotoAsync("/images/team/app/rules/new");
        if (scripts)
            await page.GetByText("No suggestions:").WaitForAsync();
        await page.Locator("[name=pattern]").FillAsync("develop");
        await page.Locator("[name=versions]").FillAsync("{sha8}");
        await Press(page, "Add the rule");
        await page.WaitForURLAsync("**/images/team/app");
    }

    private static async Task MakeImage(IPage page, bool scripts)
    {
        await page.GotoAsync("/images/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "Team Git" }).ClickAsync();
        if (scripts)
            await page.Locator("datalist option[value=main]")
                .WaitForAsync(new() { State = WaitForSelectorState.Attached });
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
