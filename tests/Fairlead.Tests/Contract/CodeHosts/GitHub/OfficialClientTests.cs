using System.Text;
using System.Text.Json;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>The emulator is held to the truth by the official client, verifier and schemas.</summary>
public sealed class OfficialClientTests
{
    private const string Key = "a secret that only the test knows";

    [Fact]
    public async Task The_official_oauth_client_is_granted_to_by_browser_and_by_device()
    {
        using var root = new TempDir();
        await using var host = await GitHubHost.Start(root);
        host.OAuth.Life = TimeSpan.FromHours(8);
        host.OAuth.Devices.Interval = TimeSpan.Zero;
        var application = host.OAuth.Register("http://127.0.0.1:1/back");
        var said = await NodeProgram.Run(
            "github-oauth.mjs",
            application.ClientSecret,
            $"{host.Url}api/v3",
            application.ClientId,
            application.Callback
        );
        Assert.Equal(
            """{"state":"s1","web":"gho_","again":"bad_verification_code","renewed":true,"""
                + "\"reused\":\"bad_refresh_token\",\"pending\":\"authorization_pending\",\"device\":\"gho_\"}",
            said.Trim()
        );
        Assert.Equal(1, host.OAuth.Reused);
    }

    [Fact]
    public async Task The_official_client_finds_a_host_it_understands()
    {
        using var root = new TempDir();
        await using var host = await GitHubHost.Start(root);
        host.AddToken(new GitHubToken("ghp_official", "ada"));
        await host.AddRepository("acme/shop");
        for (var i = 0; i < 250; i++)
            host.List($"acme/other-{i}");
        var commit = await host.Bare.Commit("acme/shop", new Dictionary<string, string> { ["a"] = "b" });
        var said = await NodeProgram.Run(
            "github-client.mjs",
            "ghp_official",
            $"{host.Url}api/v3",
            "acme",
            "shop",
            commit
        );
        var found = JsonDocument.Parse(said).RootElement;
        Assert.Equal(251, found.GetProperty("listed").GetInt32());
        Assert.Equal("acme/shop", found.GetProperty("name").GetString());
        Assert.Equal(304, found.GetProperty("again").GetInt32());
        Assert.Equal("********", found.GetProperty("hidden").GetString());
        Assert.Equal(422, found.GetProperty("twice").GetInt32());
        Assert.False(found.GetProperty("active").GetBoolean());
        Assert.Equal("[\"ping\"]", found.GetProperty("pinged").GetRawText());
        Assert.Equal(0, found.GetProperty("hooks").GetInt32());
        Assert.Equal("[\"theirs=success\"]", found.GetProperty("states").GetRawText());
        Assert.Equal((404, 401), (found.GetProperty("missing").GetInt32(), found.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task Deliveries_verify_with_the_official_verifier_and_fit_the_published_schemas()
    {
        using var root = new TempDir();
        await using var host = await GitHubHost.Start(root);
        host.AddToken(new GitHubToken("ghp_official", "ada"));
        var repository = await host.AddRepository("acme/shop");
        await using var sink = await HookSink.Start();
        repository.Hooks.Add(
            new GitHubHook(1)
            {
                Url = sink.Url.AbsoluteUri,
                ContentType = "json",
                Secret = Key,
            }
        );
        using var work = await WorkCopy.Of(host.UrlOf("acme/shop"), "ada", "ghp_official");
        await work.Write("a", "1").Push("first");
        await work.Write("b/c", "2").Remove("a").Push("second\n\nwith a body");
        await work.Git("tag", "--annotate", "--message", "one", "v1");
        await work.Git("push", "--quiet", "origin", "v1", "main:topic");
        await work.Git("push", "--quiet", "origin", ":v1", ":topic");
        await work.Git("commit", "--amend", "--quiet", "--message", "another");
        await work.Git("push", "--quiet", "--force", "origin", "main");
        await sink.Wait(7, _ => true);
        var lines = host.Sent.Select(sent =>
            JsonSerializer.Serialize(
                new
                {
                    @event = sent.Event,
                    signature = sent.Signature,
                    body = Encoding.UTF8.GetString(sent.Body),
                    secret = Key,
                }
            )
        );
        Assert.Equal("", await NodeProgram.Run("github-deliveries.mjs", string.Join('\n', lines)));
        Assert.Equal(7, host.Sent.Count);
    }

    [Fact]
    public async Task Control_a_wrong_delivery_is_noticed()
    {
        var line = JsonSerializer.Serialize(
            new
            {
                @event = "push",
                signature = "sha256=" + new string('0', 64),
                body = "{\"ref\":\"refs/heads/main\"}",
                secret = Key,
            }
        );
        var said = await NodeProgram.Run("github-deliveries.mjs", line);
        Assert.Contains("the signature does not fit", said);
        Assert.Contains("must have required property", said);
    }
}
