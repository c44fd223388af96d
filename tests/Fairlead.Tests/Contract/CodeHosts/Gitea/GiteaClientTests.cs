using System.Text.Json;
using Fairlead.Emulators.Gitea;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.Gitea;

/// <summary>The emulator is held to the truth by a client made from the host's own description of its API.</summary>
public sealed class GiteaClientTests
{
    [Fact]
    public async Task A_client_made_from_the_hosts_description_finds_a_host_it_understands()
    {
        using var root = new TempDir();
        await using var host = await GiteaHost.Start(root, flavour: new GiteaFlavour("/git"));
        host.AddToken(new GiteaToken("official", "ada"));
        await host.AddRepository("acme/shop");
        for (var i = 0; i < 120; i++)
            host.List($"acme/other-{i}");
        var commit = await host.Bare.Commit("acme/shop", new Dictionary<string, string> { ["a"] = "b" });
        var said = await NodeProgram.Run(
            "gitea-client.mjs",
            "official",
            host.Url.AbsoluteUri.TrimEnd('/'),
            "acme",
            "shop",
            commit
        );
        using var found = JsonDocument.Parse(said);
        Assert.Equal(
            """
            {"login":"ada","listed":121,"name":"acme/shop","branches":["main"],"born":false,"kept":true,
            "events":["push"],"hidden":true,"hooks":0,"states":["theirs=success"],"missing":404,"refused":401,
            "scopeless":"required=[read:admin], token scope=read:user,write:repository"}
            """.ReplaceLineEndings(""),
            found.RootElement.GetRawText().Trim()
        );
        host.ForgetViolations();
    }
}
