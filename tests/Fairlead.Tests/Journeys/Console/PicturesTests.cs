using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>
/// Every page in both themes at two widths: nothing overflows, all text can be read, everything has a
/// name, the browser has nothing to complain about. The pictures go to artifacts/screenshots, to be looked at.
/// </summary>
public sealed class PicturesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string Shots = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots");

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_of_a_busy_instance_looks_right(int width, ColorScheme look)
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        await Look(server, ConsolePages.Of(server), $"busy-{width}-{look}".ToLowerInvariant(), width, look);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_of_an_empty_instance_says_what_to_do_next(int width, ColorScheme look)
    {
        await using var server = await TestServer.Start();
        await Look(server, ConsolePages.Empty, $"empty-{width}-{look}".ToLowerInvariant(), width, look);
    }

    private async Task Look(
        TestServer server,
        IEnumerable<(string Name, string Path)> pages,
        string folder,
        int width,
        ColorScheme look
    )
    {
        await using var tab = await Tab.Open(chromium, server, "ada", width: width, look: look);
        await using var stranger = await Tab.Open(chromium, server, null, width: width, look: look);
        Directory.CreateDirectory(Path.Combine(Shots, folder));
        var found = new List<string>();
        foreach (var (name, path) in pages)
        {
            var page = (path.StartsWith("/sign-in", StringComparison.Ordinal) ? stranger : tab).Page;
            var answer = await page.GotoAsync(path);
            if (answer!.Status >= 500)
                found.Add($"{path} answered {answer.Status}");
            await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, folder, $"{name}.png"), FullPage = true });
            found.AddRange((await PageLook.Overflowing(page)).Select(one => $"{path} overflows: {one}"));
            found.AddRange((await PageLook.Faint(page)).Select(one => $"{path} is faint: {one}"));
            found.AddRange((await PageLook.Unnamed(page)).Select(one => $"{path} cannot be told: {one}"));
        }
        found.AddRange(tab.Complaints.Concat(stranger.Complaints));
        Assert.Empty(found);
    }
}
