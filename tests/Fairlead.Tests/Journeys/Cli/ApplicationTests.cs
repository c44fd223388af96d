using Fairlead.Contracts.Connections;
using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Cli;

/// <summary>Granting access from a shell: the way leads through a browser, everything else does not.</summary>
public sealed class ApplicationTests
{
    [Fact]
    public async Task An_application_is_entered_granted_to_and_kept_while_it_renews()
    {
        await using var stage = await GiteaStage.Start();
        await using var world = await OAuthWorld.Make(stage);
        using var home = new TempDir();
        var cli = new CommandLine(home);
        var token = world.Server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        await cli.RunWith(token, "login", world.Server.Url.ToString(), "--with-token");
        var (number, url) = ($"{world.Application.Id}", stage.Target.Settings["url"]);

        var kinds = await cli.Run("application", "kinds");
        Assert.Contains($"{world.Server.Options.BaseUrl}/authorise/{stage.Provider.Kind}", kinds.Output);
        string[] add = ["application", "add", stage.Provider.Kind, "--client-id", "one", "--set", $"url={url}"];
        var twice = await cli.RunWith("s3cret-of-the-client", add);
        Assert.Contains("There already is an application for", twice.Words);

        var start = await cli.Run("connection", "authorise", number, "--id", "code", "--json");
        var address = start.Json.GetProperty("address").GetString()!;
        Assert.Equal("/connections/code", await world.Return(await world.Decide(address)));
        Assert.Equal("trusted", (await world.Api.Get<ConnectionView>("connections/code")).Verdict.Kind);
        Assert.Contains("still renews", (await cli.Run("application", "delete", number, "--yes")).Words);

        await cli.Run("connection", "delete", "code", "--yes");
        Assert.Equal(0, (await cli.Run("application", "delete", number, "--yes")).Code);
        var again = await cli.RunWith("s3cret-of-the-client", add);
        Assert.True(again.Code == 0, again.Words);
        var listed = await cli.Run("application", "list");
        Assert.Contains(url.TrimEnd('/'), listed.Output);
        Assert.DoesNotContain("s3cret", twice.Words + again.Output + again.Words + listed.Output);
    }
}
