using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Console;

public sealed class LiveLogTests(Chromium chromium) : IClassFixture<Chromium>
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
