using System.Security.Cryptography;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.Playwright;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The way to an App and from it without scripts; the journey by an App goes it with them.</summary>
public sealed class MakeAppTests(Chromium chromium)
{
    [Fact]
    public async Task An_app_is_made_installed_and_given_a_new_key_without_scripts()
    {
        await using var stage = await GitHubStage.Start();
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await using var tab = await Tab.Open(chromium, server, "ada", scripts: false);
        var walk = new Walk(tab.Page);
        await walk.AllowLoopback();
        await walk.MakeApp(stage, scripts: false);
        await walk.InstallApp();
        await walk.See("Trusted");
        await tab.Page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Install or bind" }).ClickAsync();
        await tab.Page.GetByText("acme", new() { Exact = true }).Last.WaitForAsync();
        await walk.Press("Delete");
        await walk.See("so it was not deleted");
        await tab.Page.GetByLabel("New private key").FillAsync("a key");
        await walk.Press("Try and replace");
        await walk.See("Nothing was replaced");
        var made = stage.Host.Apps[0].NewKey = RSA.Create(2048);
        await tab.Page.GetByLabel("New private key").FillAsync(made.ExportRSAPrivateKeyPem());
        await walk.Press("Try and replace");
        await walk.See("Key, version 2");
        await tab.Page.GotoAsync("/credentials/acme");
        await walk.See("Its key is that of an App");
        Assert.Empty(tab.Complaints);
    }
}
