using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>
/// Every page in both themes at two widths: nothing overflows, all text can be read, everything has a
/// name, the browser has nothing to complain about. Pictures go to artifacts/screenshots, to be looked at.
/// </summary>
public sealed class PicturesTests(Chromium chromium)
{
    [Fact]
    public async Task Every_page_of_a_busy_instance_looks_right()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        await Pictures.Take(chromium, server, ConsolePages.Of(server), "busy");
    }

    [Fact]
    public async Task Every_page_of_an_empty_instance_says_what_to_do_next()
    {
        await using var server = await TestServer.Start();
        await Pictures.Take(chromium, server, ConsolePages.Empty, "empty");
    }
}
