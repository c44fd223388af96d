using System.Text.Json;
using Fairlead.Emulators.BitbucketDataCenter;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;

/// <summary>The emulator is held to the truth by a client made from the host's own description of its API.</summary>
public sealed class DataCenterClientTests
{
    [Fact]
    public async Task A_client_made_from_the_hosts_description_finds_a_host_it_understands()
    {
        using var root = new TempDir();
        await using var host = await DataCenterHost.Start(root, below: "/bitbucket");
        host.AddToken(new DataCenterToken("theirs", "ada"));
        await host.AddRepository("ACME/shop");
        for (var i = 0; i < 120; i++)
            host.List($"ACME/other-{i}", isHidden: i % 3 == 0);
        var commit = await host.Bare.Commit("acme/shop", new Dictionary<string, string> { ["a"] = "b" });
        var said = await NodeProgram.Run(
            "bitbucket-datacenter-client.mjs",
            "theirs",
            $"{host.Url}rest",
            "acme",
            "shop",
            commit
        );
        using var found = JsonDocument.Parse(said);
        Assert.Equal(
            """
            {"version":"10.3.0","listed":81,"name":"ACME/shop","branches":["main"],"events":["repo:refs_changed"],
            "changed":"https://ci.example.com/two","hooks":0,"state":"SUCCESSFUL","long":400,"missing":404,
            "refused":401}
            """.ReplaceLineEndings(""),
            found.RootElement.GetRawText().Trim()
        );
    }
}
