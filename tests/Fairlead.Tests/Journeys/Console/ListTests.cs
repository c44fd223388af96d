using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

public sealed class ListTests(Chromium chromium, PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lists_filter_and_page_on_the_server_and_hostile_names_stay_text(bool onPostgres)
    {
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var server = await TestServer.Start(
            options: plain => plain with { Database = database },
            adjust: QuietServer.NoDispatcher
        );
        await ConsoleSeed.Fill(server);
        await using var tab = await Tab.Open(chromium, server, "ada", scripts: false);
        foreach (var path in (string[])["/builds", "/events", "/audit"])
        {
            Assert.Equal(25, await Rows(tab, path));
            await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
            await tab.Page.WaitForURLAsync("**page=2*");
            Assert.InRange(await tab.Page.Locator("tbody tr").CountAsync(), 1, 25);
            Assert.Equal(0, await Rows(tab, $"{path}?q=no-such-thing"));
        }
        Assert.Equal(1, await Rows(tab, "/connections?verdict=rejected"));
        Assert.Equal(1, await Rows(tab, "/images?q=checkout"));
        Assert.Equal(1, await Rows(tab, "/people?q=max"));
        Assert.Equal(1, await Rows(tab, "/credentials?q=QUAY"));
        Assert.Equal(1, await Rows(tab, "/builds?q=onerror"));
        Assert.Equal(0, await tab.Page.Locator("tbody img").CountAsync());
        await tab.Page.GetByText("<img/src=x/onerror=alert(1)>").WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Every_page_is_there_on_postgresql()
    {
        var database = await postgres.NewDatabase();
        await using var server = await TestServer.Start(
            options: plain => plain with { Database = database },
            adjust: QuietServer.NoDispatcher
        );
        await ConsoleSeed.Fill(server);
        using var browser = await server.Browser("ada");
        var wrong = new List<string>();
        foreach (var (_, path) in ConsolePages.Of(server).Where(page => page.Path is not "/nowhere" and not "/sign-in"))
            if ((int)(await browser.GetAsync(path)).StatusCode is not 200 and var status)
                wrong.Add($"{path} answered {status}");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_is_not_shared_is_not_found_by_searching()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        await server.With(async db =>
        {
            db.Set<Server.Connections.ConnectionRow>().Single(row => row.Slug == "acme-git").Scope = Core.Connections
                .ScopeOfUse
                .Private;
            return await db.SaveChangesAsync();
        });
        await using var tab = await Tab.Open(chromium, server, "max");
        await tab.Page.GotoAsync("/search?q=acme");
        Assert.Equal(0, await tab.Page.GetByText("Acme Git").CountAsync());
        Assert.Equal(404, (await tab.Page.GotoAsync("/connections/acme-git"))!.Status);
    }

    private static async Task<int> Rows(Tab tab, string path)
    {
        await tab.Page.GotoAsync(path);
        return await tab.Page.Locator("tbody tr").CountAsync();
    }
}
