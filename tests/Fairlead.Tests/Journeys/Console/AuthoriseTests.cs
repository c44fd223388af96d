using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>An administrator registers this instance at a host; a member then binds it by two clicks.</summary>
public sealed class AuthoriseTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_clicks_in_a_real_browser_bind_a_host(bool scripts)
    {
        await using var stage = await GiteaStage.Start();
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await using var admin = await Tab.Open(chromium, server, "ada", scripts);
        var administrator = new Walk(admin.Page);
        await administrator.AllowLoopback();
        await administrator.Register(stage);

        await using var member = await Tab.Open(chromium, server, "max", scripts);
        var walk = new Walk(member.Page);
        await walk.Grant(stage);
        await member.Page.GetByText("Trusted", new() { Exact = true }).WaitForAsync();

        // Changing such a connection asks for nothing of its credential, and leaves it as it is.
        await member.Page.GetByRole(AriaRole.Link, new() { Name = "Change" }).ClickAsync();
        await walk.See("Access was granted on the host's own page");
        Assert.Equal(0, await member.Page.Locator("[name='f.token']").CountAsync());
        await member.Page.Locator("[name=name]").FillAsync("Renamed");
        await walk.Press("Save and verify");
        await member.Page.GetByRole(AriaRole.Heading, new() { Name = "Renamed" }).WaitForAsync();
        await walk.See("what was granted on the host's page");
        await walk.See("Trusted");

        await walk.Press("Authorise again");
        await walk.Press("Deny");
        await walk.See("Access was denied on the page of");
        Assert.Empty(member.Complaints);
        Assert.Empty(admin.Complaints);
    }
}
