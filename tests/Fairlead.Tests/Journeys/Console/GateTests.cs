using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Journeys.Console;

public sealed class GateTests(Chromium chromium)
{
    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_in_the_frame()
    {
        await using var server = await TestServer.Start();
        await using var tab = await Tab.Open(chromium, server, "max");
        var answer = await tab.Page.GotoAsync("/no/such/page");
        Assert.Equal(404, answer!.Status);
        await tab.Page.GetByText("There is nothing at this address.").WaitForAsync();
        await tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Connections" }).WaitForAsync();
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData("/builds?state=Failed", "/sign-in?from=%2Fbuilds%3Fstate%3DFailed")]
    [InlineData("/", "/sign-in?from=%2F")]
    public async Task Who_is_not_signed_in_is_led_there_and_back(string asked, string led)
    {
        await using var server = await TestServer.Start();
        var answer = await server.Anonymous.GetAsync(asked);
        Assert.Equal(302, (int)answer.StatusCode);
        Assert.Equal(led, answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData(null)]
    public void Nobody_is_led_on_to_another_site(string? from) => Assert.Equal("/", Server.Web.ConsoleGate.Local(from));

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var server = await TestServer.Start();
        using var browser = await server.Browser("max");
        var answer = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(200, (int)(await browser.GetAsync("/builds")).StatusCode);
    }
}
