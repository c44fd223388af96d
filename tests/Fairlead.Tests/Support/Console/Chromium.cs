using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>One real browser for all tests of the console: Debian's chromium.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(Start);

    /// <summary>A browser as far as cookies and pages go; the process starts with the first of them.</summary>
    public async Task<IBrowserContext> Context(BrowserNewContextOptions options) =>
        await (await _started.Value).Browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (driver, browser) = await _started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> Start()
    {
        Assert.True(
            File.Exists(Path),
            $"These tests drive a real browser: install Debian's chromium ({Path} is missing)."
        );
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Flags }));
    }
}
