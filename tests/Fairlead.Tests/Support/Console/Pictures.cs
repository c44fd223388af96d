using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>
/// Measures what must hold for each page, wide and narrow, in both themes. Taking the pictures is most of the time, so
/// they are taken when somebody wants to look at them: <c>./dev pictures</c>.
/// </summary>
internal static class Pictures
{
    private const int Height = 900;
    private static readonly int[] Widths = [1440, 390];
    private static readonly ColorScheme[] Looks = [ColorScheme.Light, ColorScheme.Dark];
    private static readonly string Shots = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots");
    private static readonly bool IsWished = Environment.GetEnvironmentVariable("FAIRLEAD_TEST_PICTURES") is not null;

    /// <param name="folder">Below artifacts/screenshots; width and theme are added.</param>
    public static async Task Take(
        Chromium chromium,
        TestServer server,
        IEnumerable<(string Name, string Path)> pages,
        string folder
    )
    {
        await using var tab = await Tab.Open(chromium, server, "ada");
        await using var stranger = await Tab.Open(chromium, server, null);
        var found = new List<string>();
        foreach (var (name, path) in pages)
        {
            var page = (path.StartsWith("/sign-in", StringComparison.Ordinal) ? stranger : tab).Page;
            var answer = await page.GotoAsync(path);
            if (answer!.Status == 500)
                found.Add($"{path} answered {answer.Status}");
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, Height);
                found.AddRange((await Measure(page, folder, name, width)).Select(one => $"{path} at {width} {one}"));
            }
        }
        found.AddRange(tab.Complaints.Concat(stranger.Complaints));
        Assert.Empty(found);
    }

    private static async Task<List<string>> Measure(IPage page, string folder, string name, int width)
    {
        var found = new List<string>();
        foreach (var look in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look });
            var shot = Path.Combine(Shots, $"{folder}-{width}-{look}".ToLowerInvariant(), $"{name}.png");
            if (IsWished)
                await page.ScreenshotAsync(new() { Path = shot, FullPage = true });
            found.AddRange((await PageLook.Faint(page)).Select(one => $"is faint, {look}: {one}"));
        }
        found.AddRange((await PageLook.Overflowing(page)).Select(one => $"overflows: {one}"));
        found.AddRange((await PageLook.Unnamed(page)).Select(one => $"cannot be told: {one}"));
        return found;
    }
}
