using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The measures of <see cref="PageLook"/> see what they are for.</summary>
public sealed class LookTests(Chromium chromium)
{
    [Fact]
    public async Task Faint_text_and_what_sticks_out_are_seen()
    {
        await using var context = await chromium.Context(new());
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            """
            <body style="background:#fff"><p style="color:#999">faint</p><p style="color:#333">plain</p>
            <div style="width:3000px">wide</div></body>
            """
        );
        Assert.Contains("faint", Assert.Single(await PageLook.Faint(page)));
        Assert.NotEmpty(await PageLook.Overflowing(page));
    }

    [Fact]
    public async Task What_has_no_name_is_seen()
    {
        await using var context = await chromium.Context(new());
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            """
            <h1>One</h1><h3>Three</h3><input name="q"><button><svg></svg></button><img src="data:,">
            <i id="a"></i><i id="a"></i>
            """
        );
        var found = string.Join('\n', await PageLook.Unnamed(page));
        foreach (var what in (string[])["no label", "no name", "no alt", "no language", "left out", "twice the id a"])
            Assert.Contains(what, found);
    }
}
