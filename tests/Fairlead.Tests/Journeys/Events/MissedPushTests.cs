using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.Git;
using Fairlead.Server.Builds;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Events;

/// <summary>
/// A person pushes with the real git while the server is down, or the host's hook gets lost. The next look finds it, it
/// is built once, and the hook that comes after all builds nothing and says why.
/// </summary>
public sealed class MissedPushTests(PostgresServer postgres)
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_pushed_while_the_server_was_down_is_built_once(bool onPostgres)
    {
        var clock = new ManualClock();
        using var directory = new TempDir();
        await using var host = await PlainGitHost.Start(directory.Sub("git"));
        await host.AddUser("dev", Password).AddRepository("app");
        using var work = await WorkCopy.Of(host.UrlOf("app"), "dev", Password);
        await work.Write("Dockerfile", "FROM scratch").Push("one");
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var server = await Start(clock, database);
        host.Hook = await Bind(server, host);
        var heard = await work.Write("a", "b").Push("heard of by its hook");
        await Until(server, "the hook's push is built", builds => builds.Contains(("refs/heads/main", heard)));

        await server.Down();
        await work.Write("c", "d").Push("missed");
        await work.Write("e", "f").Push("missed too");
        await work.Tag("v1.0");
        var last = await work.Write("g", "h").Push("the last one");
        var missed = host.Deliveries.Where(delivery => delivery.Status == 0).ToList();
        Assert.Equal(4, missed.Count);
        clock.Leap(TimeSpan.FromHours(1));
        await server.Up();

        var tag = (await work.Commits("v1.0"))[0];
        (string, string)[] all = [("refs/heads/main", heard), ("refs/heads/main", last), ("refs/tags/v1.0", tag)];
        await Until(server, "what was missed is built", builds => builds.Count == all.Length);
        Assert.Equal(all.Order(), (await Builds(server)).Order());

        foreach (var delivery in missed)
            Assert.Equal(202, (await host.Redeliver(delivery)).Status);
        var late = await Settled(server, missed.Count);
        Assert.All(late, delivery => Assert.Equal("ignored", delivery.State));
        Assert.Equal(
            [$"Known already: main is at {last[..8]}.", $"Known already: v1.0 is at {tag[..8]}.", Old(last), Old(last)],
            late.Select(delivery => delivery.Became).Order()
        );
        Assert.Equal(all.Order(), (await Builds(server)).Order());
    }

    private static string Old(string last) => $"Superseded: main is at {last[..8]} by now.";

    private static Task<TestServer> Start(TimeProvider clock, string? database) =>
        TestServer.Start(
            clock,
            options => options with { Database = database, RegistryListen = "127.0.0.1:1" },
            QuietServer.NoBuilds
        );

    /// <summary>As a person does: connection, image, rules; then the hook for the host.</summary>
    private static async Task<PushHook> Bind(TestServer server, PlainGitHost host)
    {
        await Post<ReachRuleInfo>(server, "reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        var connection = new NewConnection("Code", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = host.UrlOf("app").ToString(), ["username"] = "dev" },
            Secrets = new Dictionary<string, string> { ["password"] = Password },
            Scope = "public",
        };
        Assert.Equal("trusted", (await Post<ConnectionView>(server, "connections", connection)).Verdict.Kind);
        var image = new ImageInput
        {
            Namespace = "demo",
            Name = "app",
            CreateNamespace = true,
            Connection = "code",
            Rules =
            [
                new RuleInput { Pattern = "main", Versions = ["{sha8}"] },
                new RuleInput
                {
                    Type = "tag",
                    Pattern = "v.*",
                    IsRegex = true,
                    Versions = ["{tag}"],
                },
            ],
        };
        var made = await Post<ImageInfo>(server, "images", image);
        await Eventually.True(
            "the first look is done",
            () => server.With(db => db.Set<SourceRow>().AnyAsync(source => source.PolledAt != null)),
            TimeSpan.FromSeconds(20)
        );
        var hook = await Post<HookShown>(server, $"sources/{made.Source!.SourceId}/hook-secret", new { });
        return new PushHook(new Uri(hook.HookUrl), hook.Secret);
    }

    private static async Task<T> Post<T>(TestServer server, string path, object body)
    {
        using var answer = await server.Administrator.PostAsJsonAsync($"/api/v1/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    private static Task<List<(string Ref, string Commit)>> Builds(TestServer server) =>
        server.With(async db =>
            (await db.Set<BuildRow>().AsNoTracking().ToListAsync()).ConvertAll(build => (build.Ref, build.Commit))
        );

    private static Task Until(TestServer server, string what, Func<List<(string, string)>, bool> condition) =>
        Eventually.True(what, async () => condition(await Builds(server)), TimeSpan.FromSeconds(30));

    /// <summary>The newest deliveries, all of which something has become of, as the API tells it.</summary>
    private static Task<IReadOnlyList<DeliveryInfo>> Settled(TestServer server, int count) =>
        Eventually.Value(
            "something has become of all deliveries",
            async () =>
            {
                var page = await server.Member.GetFromJsonAsync<Page<DeliveryInfo>>($"/api/v1/deliveries?size={count}");
                return page!.Items.Any(delivery => delivery.State is "received" or "waiting") ? null : page.Items;
            },
            TimeSpan.FromSeconds(30)
        );
}
