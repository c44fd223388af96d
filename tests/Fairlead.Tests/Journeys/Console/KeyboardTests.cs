using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The console without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium)
{
    private const string Focused = """
        () => {
          const e = document.activeElement;
          const outlined = (one) => getComputedStyle(one).outlineStyle !== "none";
          const box = e.getBoundingClientRect();
          const ring = (outlined(e) || getComputedStyle(e).boxShadow !== "none") && box.width > 0 && box.right > 0;
          const drawn = e.id === "fl-drawer" ? outlined(document.querySelector(".fl-menu")) : ring;
          const name = `${e.tagName} ${e.getAttribute("href") ?? e.name ?? ""} ${e.ariaLabel ?? ""}`.trim();
          return drawn ? name : `unseen: ${name}`;
        }
        """;

    [Theory]
    [InlineData("/", 1440)]
    [InlineData("/images/shop/checkout", 1440)]
    [InlineData("/images/new?connection=acme-git", 1440)]
    [InlineData("/builds", 390)]
    public async Task Every_stop_of_the_tab_key_can_be_seen_and_the_first_skips_the_menu(string path, int width)
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        await using var tab = await Tab.Open(chromium, server, "ada", width: width);
        await tab.Page.GotoAsync(path);
        await tab.Page.EvaluateAsync("() => document.activeElement.blur()");
        var stops = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var stop = await tab.Page.EvaluateAsync<string>(Focused);
            if (stop.StartsWith("BODY", StringComparison.Ordinal) || stop.StartsWith("unseen: BODY"))
                break;
            stops.Add(stop);
        }
        Assert.DoesNotContain(stops, stop => stop.StartsWith("unseen", StringComparison.Ordinal));
        Assert.Equal("A #content", stops[0]);
        Assert.True(stops.Count > 15, string.Join('\n', stops));
        var search = stops.FindIndex(stop => stop.StartsWith("INPUT q Search", StringComparison.Ordinal));
        Assert.True(search > 0, "The search box is no stop.");
    }

    [Fact]
    public async Task The_skip_link_the_search_key_and_the_menu_of_a_phone_work()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await using var tab = await Tab.Open(chromium, server, "ada", width: 390);
        await tab.Page.GotoAsync("/connections");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#content", tab.Page.Url);

        await tab.Page.Keyboard.PressAsync("/");
        Assert.Equal("fl-search", await tab.Page.EvaluateAsync<string>("() => document.activeElement.id"));

        Assert.False(await tab.Page.Locator(".fl-side").IsVisibleAsync());
        await tab.Page.Locator("#fl-drawer").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Space");
        await tab.Page.Locator(".fl-side").WaitForAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab
            .Page.Locator(".fl-side")
            .WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
    }
}
