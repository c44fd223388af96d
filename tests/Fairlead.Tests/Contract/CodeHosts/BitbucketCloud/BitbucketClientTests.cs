using System.Text.Json;
using Fairlead.Emulators.BitbucketCloud;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

/// <summary>The emulator is held to the truth by a client that we did not write.</summary>
public sealed class BitbucketClientTests
{
    [Fact]
    public async Task A_client_of_the_host_finds_a_host_it_understands()
    {
        using var root = new TempDir();
        await using var host = await BitbucketHost.Start(root);
        host.AddToken(new BitbucketToken("theirs", "ada") { Email = BitbucketStage.Email });
        await host.AddRepository("acme/shop");
        for (var i = 0; i < 120; i++)
            host.List($"acme/other-{i}");
        var commit = await host.Bare.Commit("acme/shop", new Dictionary<string, string> { ["a"] = "b" });
        var said = await NodeProgram.Run(
            "bitbucket-cloud-client.mjs",
            $"{BitbucketStage.Email}:theirs",
            $"{host.Url}2.0",
            "acme",
            "shop",
            commit
        );
        using var found = JsonDocument.Parse(said);
        Assert.Equal(
            """
            {"login":"ada","listed":121,"name":"acme/shop","branches":["main"],"events":["repo:push"],"hidden":true,
            "changed":"https://ci.example.com/two","kept":true,"hooks":0,"states":["theirs=SUCCESSFUL"],
            "long":400,"missing":404,"refused":401,"gone":410}
            """.ReplaceLineEndings(""),
            found.RootElement.GetRawText().Trim()
        );
    }
}
