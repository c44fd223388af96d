using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Hosting;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Builds;

public sealed class PruneLogsTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_goes_after_ninety_days_and_its_build_says_so(bool onPostgres)
    {
        var database = onPostgres ? await postgres.NewDatabase() : null;
        await using var server = await Start(plain => plain with { Database = database });
        var old = await Seed(server, "old", 91);
        var (young, running) = (await Seed(server, "young", 89), await Seed(server, "running", null));
        var prune = server.Services.GetRequiredService<PruneLogs>();

        Assert.Equal(1, await prune.Run(default));
        Assert.Equal(0, await prune.Run(default));

        Assert.Equal("The log was removed on 2026-01-15: logs are kept for 90 days.\n", await Text(server, old));
        Assert.Equal("it went well\n", await Text(server, young));
        Assert.Equal("it went well\n", await Text(server, running));
    }

    [Fact]
    public async Task With_zero_days_logs_are_kept_for_ever()
    {
        await using var server = await Start(plain => plain with { LogRetentionDays = 0 });
        var old = await Seed(server, "old", 10_000);

        Assert.Equal(0, await server.Services.GetRequiredService<PruneLogs>().Run(default));
        Assert.Equal("it went well\n", await Text(server, old));
    }

    private static Task<TestServer> Start(Func<ServerOptions, ServerOptions> options) =>
        TestServer.Start(new ManualClock(), options, QuietServer.NoDispatcher);

    private static Task<string> Text(TestServer server, long build) =>
        server.Member.GetStringAsync($"/api/v1/builds/{build}/log?format=text");

    private static async Task<long> Seed(TestServer server, string name, int? endedDaysAgo)
    {
        var now = new ManualClock().GetUtcNow();
        return await server.With(async db =>
        {
            var space = new NamespaceRow { Name = name };
            db.Add(space);
            await db.SaveChangesAsync();
            var image = new ImageRow { NamespaceId = space.Id, Name = name };
            db.Add(image);
            await db.SaveChangesAsync();
            var bytes = """{"at":0,"phase":"build","text":"it went well"}"""u8.ToArray();
            var build = new BuildRow
            {
                ImageId = image.Id,
                Key = name,
                Ref = "refs/heads/main",
                Commit = BuildWorld.Commit(1),
                Plan = new("/", "Dockerfile", ["one"], new Dictionary<string, string>(), [], false, 60),
                State = endedDaysAgo is null ? BuildState.Running : BuildState.Succeeded,
                StartedAt = now,
                FinishedAt = endedDaysAgo is { } days ? now.AddDays(-days) : null,
                ServerId = "elsewhere",
                HeartbeatAt = now.AddYears(1),
                LogLength = bytes.Length + 1,
            };
            db.Add(build);
            await db.SaveChangesAsync();
            db.Add(new BuildLogRow { BuildId = build.Id, Bytes = [.. bytes, (byte)'\n'] });
            await db.SaveChangesAsync();
            return build.Id;
        });
    }
}
