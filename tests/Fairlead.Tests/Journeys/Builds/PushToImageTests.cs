using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Core.Connections;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>The main journey on real parts: git, the runner's own process, an engine, the registry.</summary>
public sealed class PushToImageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_commit_becomes_an_image_and_the_same_tree_is_tagged_again()
    {
        using var root = new TempDir();
        await using var git = await PlainGitHost.Start(root.Sub("git"));
        await git.AddRepository("app", GitPermissions.Everyone with { AnonymousRead = true });
        await using var server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
                Slots = 1,
            }
        );
        await Connect(server, git.UrlOf("app"));
        await Commit(git, "one");
        var rules = new[]
        {
            new RuleInput { Pattern = "main", Versions = ["{branch}", "{sha8}"] },
            new RuleInput
            {
                Type = "tag",
                Pattern = "v(?<imageTag>[0-9.]+)",
                IsRegex = true,
                Versions = ["${imageTag}"],
            },
        };
        await Post<ImageInfo>(
            server,
            "/api/v1/images",
            new ImageInput
            {
                Namespace = "demo",
                Name = "app",
                CreateNamespace = true,
                Connection = "code",
                Rules = rules,
            }
        );

        var first = await Built(
            server,
            await Post<BuildInfo>(server, "/api/v1/images/demo/app/builds", new BuildNowInput())
        );
        Assert.True(first.State == "succeeded", await Explain(server, first));
        var tags = await server.Member.GetFromJsonAsync<Page<TagInfo>>("/api/v1/images/demo/app/tags");
        Assert.Equal(new[] { "main", first.Commit[..8] }.Order(), tags!.Items.Select(tag => tag.Name).Order());
        Assert.All(tags.Items, tag => Assert.Equal(first.Digest, tag.Digest));

        await git.Repositories.Tag("app", "v1.0");
        var input = new BuildNowInput(Ref: "v1.0");
        var second = await Built(server, await Post<BuildInfo>(server, "/api/v1/images/demo/app/builds", input));
        Assert.True(second.State == "succeeded", await Explain(server, second));
        Assert.Equal((first.Id, first.Digest), (second.ReusedBuild, second.Digest));
    }

    private static async Task Connect(TestServer server, Uri url) =>
        await server.With(async db =>
        {
            var owner = await db.Set<PersonRow>().FirstAsync();
            db.Add(
                new ReachRuleRow
                {
                    Host = "*",
                    Network = "127.0.0.0/8",
                    PlainHttp = true,
                }
            );
            db.Add(
                new ConnectionRow
                {
                    Slug = "code",
                    Name = "Code",
                    Kind = "git-server",
                    Settings = new()
                    {
                        ["url"] = url.AbsoluteUri,
                        ["layout"] = "one",
                        ["auth"] = "none",
                    },
                    OwnerId = owner.Id,
                    Scope = ScopeOfUse.Public,
                }
            );
            return await db.SaveChangesAsync();
        });

    private static Task Commit(PlainGitHost git, string text) =>
        git.Repositories.Commit(
            "app",
            new Dictionary<string, string>
            {
                ["Dockerfile"] = "FROM scratch\nCOPY greeting.txt /\n",
                ["greeting.txt"] = text,
            }
        );

    private static async Task<T> Post<T>(TestServer server, string path, object body)
    {
        var answer = await server.Administrator.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    private static Task<BuildInfo> Built(TestServer server, BuildInfo build) =>
        Eventually.Value(
            $"build {build.Id} ends",
            async () =>
                await server.Member.GetFromJsonAsync<BuildInfo>($"/api/v1/builds/{build.Id}")
                    is { FinishedAt: not null } ended
                    ? ended
                    : null,
            Patience,
            () =>
                server.Member.GetStringAsync($"/api/v1/builds/{build.Id}").Result
                + string.Join('\n', server.Log.Lines.TakeLast(20))
        );

    private static async Task<string> Explain(TestServer server, BuildInfo build) =>
        $"{build.Failure?.Title} {await server.Member.GetStringAsync($"/api/v1/builds/{build.Id}/log")} "
        + string.Join('\n', server.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));
}
