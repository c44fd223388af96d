using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Console;

public sealed class LiveLogTests(Chromium chromium)
{
    [Fact]
    public async Task Lines_appear_as_they_come_as_text_with_numbers_that_link()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        var build = await server.With(db =>
            Task.FromResult(db.Set<BuildRow>().Single(row => row.State == BuildState.Running))
        );
        await using var tab = await Tab.Open(chromium, server, "ada");
        await tab.Page.GotoAsync($"/builds/{build.Id}");
        Assert.Equal(7, await tab.Page.Locator(".fl-log a.l").CountAsync());

        await Append(server, build, "<b>bold</b> \u001b[32mgreen\u001b[0m");
        await tab.Page.Locator("#L8 .x").WaitForAsync();
        Assert.Equal("<b>bold</b> green", await tab.Page.Locator("#L8 .x").InnerTextAsync());
        Assert.Equal("#L8", await tab.Page.Locator("#L8 a").GetAttributeAsync("href"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task When_the_build_ends_the_page_stays_and_says_how_it_went()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        var build = await server.With(db =>
            Task.FromResult(db.Set<BuildRow>().Single(row => row.State == BuildState.Running))
        );
        await using var tab = await Tab.Open(chromium, server, "ada", height: 500);
        await tab.Page.GotoAsync($"/builds/{build.Id}");
        await tab.Page.EvaluateAsync("() => { window.stays = true; window.scrollTo(0, 200); }");
        var before = await Top(tab);

        await End(server, build.Id);
        await tab.Page.Locator("#build .fl-below", new() { HasText = "Succeeded" }).WaitForAsync();
        await tab.Page.Locator("#build-facts", new() { HasText = "sha256:" }).WaitForAsync();
        await tab.Page.Locator("#build", new() { HasText = "took" }).WaitForAsync();

        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.stays === true"), "The page was loaded anew.");
        Assert.InRange(await Top(tab) - before, -2, 2);
        Assert.Equal(0, await tab.Page.Locator("[data-fl-follow]").CountAsync());
        Assert.Equal(7, await tab.Page.Locator(".fl-log a.l").CountAsync());
        await tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Build again" }).WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    private static Task<double> Top(Tab tab) =>
        tab.Page.EvaluateAsync<double>("() => document.querySelector('.fl-log').getBoundingClientRect().top");

    private static async Task End(TestServer server, long id)
    {
        await server.With(async db =>
        {
            var row = db.Set<BuildRow>().Single(build => build.Id == id);
            row.State = BuildState.Succeeded;
            row.Phase = BuildPhase.Push;
            row.FinishedAt = TimeProvider.System.GetUtcNow();
            row.Digest = $"sha256:{new string('a', 64)}";
            row.Durations = new()
            {
                [BuildPhase.Queue] = 100,
                [BuildPhase.Source] = 320,
                [BuildPhase.Build] = 42_000,
                [BuildPhase.Push] = 1_900,
            };
            return await db.SaveChangesAsync();
        });
        server.Services.GetRequiredService<BuildSignals>().Pulse(id);
    }

    private static async Task Append(TestServer server, BuildRow build, string text)
    {
        var line = JsonSerializer.Serialize(new LogLine(0, "build", text), JsonSerializerOptions.Web) + "\n";
        await server.With(async db =>
        {
            db.Add(
                new BuildLogRow
                {
                    BuildId = build.Id,
                    Start = build.LogLength,
                    Bytes = Encoding.UTF8.GetBytes(line),
                }
            );
            return await db.SaveChangesAsync();
        });
        server.Services.GetRequiredService<BuildSignals>().Pulse(build.Id);
    }
}
