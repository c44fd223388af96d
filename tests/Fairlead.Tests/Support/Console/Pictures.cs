using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>
/// Measures what must hold for each page in both themes. Taking the pictures is most of the time, so they are taken
/// when somebody wants to look at them: <c>./dev pictures</c>.
/// </summary>
internal static class Pictures
{
    private static readonly string Shots = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots");
    private static readonly bool IsWished = Environment.GetEnvironmentVariable("FAIRLEAD_TEST_PICTURES") is not null;
    private static readonly ColorScheme[] Looks = [ColorScheme.Light, ColorScheme.Dark];

    /// <param name="folder">Below artifacts/screenshots; width and theme are added.</param>
    public static async Task Take(
        Chromium chromium,
        TestServer server,
        IEnumerable<(string Name, string Path)> pages,
        string folder,
        int width
    )
    {
        await using var tab = await Tab.Open(chromium, server, "ada", width: width);
        await using var stranger = await Tab.Open(chromium, server, null, width: width);
        var found = new List<string>();
        foreach (var (name, path) in pages)
        {
            var page = (path.StartsWith("/sign-in", StringComparison.Ordinal) ? stranger : tab).Page;
            var answer = await page.GotoAsync(path);
            if (answer!.Status == 500)
                found.Add($"{path} answered {answer.Status}");
            foreach (var look in Looks)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = look });
                var shot = Path.Combine(Shots, $"{folder}-{width}-{look}".ToLowerInvariant(), $"{name}.png");
                if (IsWished)
                    await page.ScreenshotAsync(new() { Path = shot, FullPage = true });
                found.AddRange((await PageLook.Faint(page)).Select(one => $"{path} is faint, {look}: {one}"));
            }
            found.AddRange((await PageLook.Overflowing(page)).Select(one => $"{path} overflows: {one}"));
            found.AddRange((await PageLook.Unnamed(page)).Select(one => $"{path} cannot be told: {one}"));
        }
        found.AddRange(tab.Complaints.Concat(stranger.Complaints));
        Assert.Empty(found);
    }
}
