using System.Diagnostics;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Events;
using Fairlead.Server.Builds;
using Fairlead.Server.Events;
using Fairlead.Server.Events.Hooks;
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
        await Task.WhenAll(hosts.Select(host => host.Heard(api)));

        var before = Stopwatch.StartNew();
        await server.Down();
        await Task.WhenAll(hosts.Select((host, at) => host.Live(missed / 3 + (at < missed % 3 ? 1 : 0), at)));
        var (lived, watch) = (before.Elapsed, Stopwatch.StartNew());
        await server.Up();
        foreach (var host in hosts)
            await BuiltAsItStands(server, host);
        var heads = watch.Elapsed;
        foreach (var host in hosts[..2])
            await Eventually.Value(
                $"all that {host.Connection} kept is in the ledger",
                async () => await NotInLedger(server, host) is { Count: > 0 } ? null : "",
                Minute
            );
        await Eventually.True("all that was kept is settled", () => Settled(server), Minute);
        var (history, built) = (watch.Elapsed, await Builds(server));

        watch.Restart();
        var replayed = 0;
        foreach (var post in hosts.SelectMany(host => host.Posts()))
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(i => post.Send(server.Anonymous, renamed: i % 2 == 1))
            );
            Assert.All(answers, answer => Assert.True((int)answer is 200 or 202));
            replayed += answers.Length;
        }
        await Eventually.True("all replays are settled", () => Settled(server), TimeSpan.FromMinutes(5));
        Assert.Equal(built, await Builds(server));
        output.WriteLine(
            $"{missed} changes missed in {lived.TotalSeconds:0} s: heads built after {heads.TotalSeconds:0.0} s, all "
                + $"that hosts kept taken in after {history.TotalSeconds:0.0} s; {replayed} replays built nothing in "
                + $"{watch.Elapsed.TotalSeconds:0} s."
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

    /// <summary>What the host says it sent, as far as the ledger does not name it, and mark it as recovered.</summary>
    private static async Task<IReadOnlyList<string>> NotInLedger(TestServer server, GapHost host)
    {
        var known = await server.With(db =>
            db.Set<DeliveryRow>()
                .Where(row => row.SourceId == host.Source)
                .ToDictionaryAsync(row => row.Key, row => row.Recovered)
        );
        return
        [
            .. host.Posts()
                .Where(post =>
                    !known.TryGetValue(DeliveryKeys.OfId(post.DeliveryId), out var recovered)
                    || (!post.Arrived && recovered != Recovery.HostsList)
                )
                .Select(post => post.DeliveryId),
        ];
    }

    private static Task<bool> Settled(TestServer server) =>
        server.With(async db =>
            !await db.Set<DeliveryRow>()
                .AnyAsync(row => row.State == DeliveryState.Received || row.State == DeliveryState.Waiting)
        );
}
