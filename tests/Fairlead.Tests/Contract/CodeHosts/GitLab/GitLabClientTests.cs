using System.Text;
using System.Text.Json;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.GitLab;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.GitLab;

/// <summary>The emulator is held to the truth by the client people use and by the verifier of its signatures.</summary>
public sealed class GitLabClientTests
{
    private const string Project = "acme/backend/team-1/shop";

    [Theory]
    [InlineData("")]
    [InlineData("/code/gitlab")]
    public async Task The_official_client_finds_a_host_it_understands(string below)
    {
        using var root = new TempDir();
        await using var host = await GitLabHost.Start(root, below: below);
        host.AddToken(new GitLabToken("glpat-official", "ada"));
        await host.AddProject(Project);
        for (var i = 0; i < 250; i++)
            host.List($"acme/other-{i}");
        var commit = await host.Bare.Commit(Project, new Dictionary<string, string> { ["a"] = "b" });
        var said = await NodeProgram.Run(
            "gitlab-client.mjs",
            "glpat-official",
            host.Url.ToString().TrimEnd('/'),
            Project,
            commit
        );
        const string expected = """
            {"offset":251,"keyset":251,"name":"acme/backend/team-1/shop","scopes":["api"],"user":"ada",
            "branches":["main"],"hidden":[null,true],"url":"http://127.0.0.1:9/other","events":[true,true],
            "hooks":0,"again":400,"states":["theirs=success"],"missing":404,"refused":401}
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), said.Trim());
    }

    [Fact]
    public async Task Signed_deliveries_fit_the_verifier_of_the_standard()
    {
        await using var stage = await GitLabStage.Start();
        await using var sink = await HookSink.Start();
        var (name, _) = await stage.AddRepository("acme/shop");
        var wish = new HookWish(sink.Url, new Secret(new string('k', 64)));
        await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, wish, CancellationToken.None);
        var (url, user, password) = stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        await work.Write("a", "1").Push("first");
        await work.Write("b/c", "2").Push("second\n\nwith a body");
        await work.Tag("v1");
        await sink.Wait(3, _ => true);
        var key = stage.Host.Projects[name].Hooks.Single().SigningToken!;
        var lines = stage.Host.Sent.Select(sent => Line(key, sent.Headers, Encoding.UTF8.GetString(sent.Body)));
        Assert.Equal("", await NodeProgram.Run("gitlab-deliveries.mjs", string.Join('\n', lines)));
        Assert.Equal(3, stage.Host.Sent.Count);
        var changed = Line(key, stage.Host.Sent[0].Headers, "{}");
        Assert.Contains("does not fit", await NodeProgram.Run("gitlab-deliveries.mjs", changed));
    }

    private static string Line(string key, IReadOnlyDictionary<string, string> headers, string body) =>
        JsonSerializer.Serialize(
            new
            {
                key,
                headers = headers.Where(pair => pair.Key.StartsWith("webhook-")).ToDictionary(),
                body,
            }
        );
}
