using Fairlead.Contracts.Connections;
using Fairlead.Tests.Contract.CodeHosts.GitLab;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>Two servers on one PostgreSQL renew a grant once between them.</summary>
public sealed class OAuthServersTests(PostgresServer postgres)
{
    [Fact]
    public async Task Twenty_callers_of_two_servers_renew_a_grant_once()
    {
        var database = await postgres.NewDatabase();
        await using var stage = await GitLabStage.Start();
        await using var world = await OAuthWorld.Make(stage, database: database);
        await using var other = await Beside(world, database);
        await world.Bind();
        for (var round = 1; round <= 5; round++)
        {
            await world.Age(ended: true);
            await Task.WhenAll(OAuthJourney.Race(world.Server, 10), OAuthJourney.Race(other, 10));
            Assert.Equal((round, 0), (stage.Door.Refreshed, stage.Door.Reused));
        }
        var callers = Enumerable.Range(0, 20).Select(n => OAuthJourney.Opened(n % 2 == 0 ? world.Server : other));
        var opened = await Task.WhenAll(callers);
        stage.Door.RevokeTokens();
        await Task.WhenAll(opened.Select(OAuthJourney.List));
        Assert.Equal((6, 0), (stage.Door.Refreshed, stage.Door.Reused));
        var view = await world.Api.Post<ConnectionView>("connections/code/verify", new { });
        Assert.Equal("trusted", view.Verdict.Kind);
    }

    private static Task<TestServer> Beside(OAuthWorld world, string database) =>
        TestServer.Start(
            options: plain => plain with { Database = database, KeyFile = world.Server.Options.KeyFile },
            adjust: QuietServer.NoDispatcher,
            people: false
        );
}
