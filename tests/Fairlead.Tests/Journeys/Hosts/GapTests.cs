using System.Diagnostics;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Events;
using Fairlead.Server.Builds;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitLab;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>
/// The server is down while people push, tag, merge, force, delete and open requests at three hosts. Once it is up
/// again every branch, tag and open request is built as it stands, once, marked as recovered, and whatever is sent
/// again after that builds nothing.
/// <c>FAIRLEAD_TEST_MISSED</c> asks for more pushes than the default.
/// </summary>
public sealed class GapTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_missed_is_built_once_and_replays_start_nothing(bool onPostgres)
    {
        var missed = int.TryParse(Environment.GetEnvironmentVariable("FAIRLEAD_TEST_MISSED"), out var asked)
            ? asked
            : 45;
        await using var first = await GitHubStage.Start();
        await using var second = await GitLabStage.Start();
        await using var third = await GiteaStage.Start();
        await using var server = await Start(onPostgres ? await postgres.NewDatabase() : null);
        var api = new JsonApi(() => server.Administrator);
        await api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        await using var one = await GapHost.Bind(first, api, "one", () => GapPosts.Of(first.Host));
        await using var two = await GapHost.Bind(second, api, "two", () => GapPosts.Of(second.Host));
        await using var three = await GapHost.Bind(third, api, "three", () => GapPosts.Of(third.Host));
        GapHost[] hosts = [one, two, three];
        foreach (var host in hosts)
            await host.Heard(api);

        await server.Down();
        await Task.WhenAll(hosts.Select((host, at) => host.Live(missed / 3 + (at < missed % 3 ? 1 : 0), at)));
        var watch = Stopwatch.StartNew();
        await server.Up();
        foreach (var host in hosts)
            await BuiltAsItStands(server, host);
        var took = watch.Elapsed;
        // A hundred and fifty a minute are asked for.
        var patience = Minute * (2 + one.Posts().Count() / 150);
        await Eventually.True("the first host's list is caught up with", () => AllArrived(server, one), patience);
        var resent = await server.With(db => db.Set<DeliveryRow>().CountAsync(row => row.Recovered != null));
        Assert.True(resent > 0, "What a host was asked to send again is marked.");

        var before = await Builds(server);
        var replayed = 0;
        foreach (var host in hosts)
        foreach (var post in host.Posts())
        {
            for (var i = 0; i < 10; i++)
                Assert.True((int)await post.Send(server.Anonymous) is 200 or 202);
            replayed += 10;
        }
        await Eventually.True("all replays are settled", () => Settled(server), TimeSpan.FromMinutes(5));
        Assert.Equal(before, await Builds(server));
        output.WriteLine(
            $"{missed} changes missed: heads built in {took.TotalSeconds:0.0} s; {replayed} replays built nothing."
        );
    }

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private static Task<TestServer> Start(string? database) =>
        TestServer.Start(
            null,
            plain => plain with { RegistryListen = "127.0.0.1:1", Database = database },
            QuietServer.NoBuilds
        );

    /// <summary>One build of each head, and an event that names each ref.</summary>
    private static async Task BuiltAsItStands(TestServer server, GapHost host)
    {
        var heads = await host.Heads();
        List<(string, string)> missing = [];
        await Eventually.Value(
            $"all heads of {host.Connection} are built",
            async () =>
            {
                var builds = await BuildsOf(server, host);
                missing = [.. heads.Where(head => !builds.Contains(head))];
                return missing.Count == 0 ? "" : null;
            },
            Minute,
            () => string.Join(", ", missing)
        );
        var all = await BuildsOf(server, host);
        Assert.All(heads, head => Assert.Single(all, head));
        var told = await server.With(db => db.Set<EventRow>().Where(row => row.SourceId == host.Source).ToListAsync());
        Assert.Empty(heads.Select(head => head.Ref).Except(told.Select(row => row.Ref)));
        Assert.Contains(told, row => row.HeardBy == HeardBy.Poll);
        Assert.All(told, row => Assert.Equal(row.HeardBy == HeardBy.Poll, row.Recovered == Recovery.Look));
        Assert.DoesNotContain(all, build => build.Ref == host.Brief);
        Assert.Equal(3, heads.Count(head => head.Ref.StartsWith("refs/pull/")));
    }

    private static Task<List<(string Ref, string Commit)>> BuildsOf(TestServer server, GapHost host) =>
        server.With(async db =>
            (
                await (
                    from build in db.Set<BuildRow>()
                    join image in db.Set<ImageRow>() on build.ImageId equals image.Id
                    where image.SourceId == host.Source
                    select new { build.Ref, build.Commit }
                ).ToListAsync()
            ).ConvertAll(build => (build.Ref, build.Commit))
        );

    private static Task<int> Builds(TestServer server) => server.With(db => db.Set<BuildRow>().CountAsync());

    /// <summary>The ledger has an entry for everything that the host says it sent.</summary>
    private static async Task<bool> AllArrived(TestServer server, GapHost host)
    {
        var sent = host.Posts().Select(post => post.DeliveryId).Distinct().Count();
        return await server.With(db => db.Set<DeliveryRow>().CountAsync(row => row.SourceId == host.Source)) >= sent;
    }

    private static Task<bool> Settled(TestServer server) =>
        server.With(async db =>
            !await db.Set<DeliveryRow>()
                .AnyAsync(row => row.State == DeliveryState.Received || row.State == DeliveryState.Waiting)
        );
}
