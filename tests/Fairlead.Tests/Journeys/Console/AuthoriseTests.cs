using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

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

        await walk.Press("Authorise again");
        await walk.Press("Deny");
        await walk.See("Access was denied on the page of");
        Assert.Empty(member.Complaints);
        Assert.Empty(admin.Complaints);
    }
}
