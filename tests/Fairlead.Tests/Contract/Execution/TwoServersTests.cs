using System.Net.Http.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Providers;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Execution;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Contract.Execution;

/// <summary>Two servers on one PostgreSQL work off one queue, and no build is run by both.</summary>
public sealed class TwoServersTests(PostgresServer postgres) : IAsyncDisposable
{
    private const int Builds = 40;
    private readonly FakeExecutor[] _machines = [new(), new()];
    private TestServer[] _servers = [];
    private BuildWorld _world = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task Each_build_is_run_once_by_one_of_them()
    {
        await Begin(dispatch: true);
        for (var number = 1; number <= Builds; number++)
            await _world.Push($"refs/heads/m{number}", BuildWorld.Commit(number));
        await Eventually.True("all builds are done", WorkOff, TimeSpan.FromSeconds(60));

        var started = _machines.SelectMany(machine => machine.Slots.Keys).ToList();
        Assert.Equal(Enumerable.Range(1, Builds), started.Select(job => (int)job.Build).Order());
        Assert.All(started, job => Assert.Equal(1, job.Attempt));
        Assert.All(_machines, machine => Assert.NotEmpty(machine.Slots));
    }

    [Fact]
    public async Task Of_many_who_claim_a_build_at_once_one_gets_it()
    {
        await Begin(dispatch: false);
        await _world.Push("refs/heads/m1", BuildWorld.Commit(1));

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Claim(_servers[number % 2])));

        Assert.Equal([1], claims.OfType<int>());
    }

    /// <param name="dispatch">Whether they start builds by themselves.</param>
    private async Task Begin(bool dispatch)
    {
        var database = await postgres.NewDatabase();
        var first = await Start(database, dispatch ? _machines[0] : null, null);
        _servers = [first, await Start(database, dispatch ? _machines[1] : null, first)];
        _world = await BuildWorld.Make(first, BuildWorld.Rule("m.*", regex: true));
        await first.With(async db =>
        {
            db.Add(
                new ReachRuleRow
                {
                    Host = "*",
                    Network = "127.0.0.0/8",
                    PlainHttp = true,
                }
            );
            return await db.SaveChangesAsync();
        });
    }

    private static async Task<int?> Claim(TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var claim = scope.ServiceProvider.GetRequiredService<ClaimBuild>();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        return (await claim.Run(db, 1, 0, JobToken.New().Hash, CancellationToken.None))?.Attempt;
    }

    /// <summary>Lets every runner that is there succeed.</summary>
    private async Task<bool> WorkOff()
    {
        foreach (var (machine, server) in _machines.Zip(_servers))
        foreach (var job in machine.Alive)
        {
            using var runner = new BuildWorld(server).Runner(machine.Token(job));
            var durations = new Dictionary<string, long>();
            var digest = "sha256:" + new string('d', 64);
            var result = new JobResult(job.Attempt, "succeeded", "push", digest, 1, ["linux/amd64"], null, durations);
            (await runner.PostAsJsonAsync("/job/v1/result", result)).EnsureSuccessStatusCode();
            machine.Vanish(job);
        }
        return (await _world.Builds()).All(build => build.State == BuildState.Succeeded);
    }

    private static Task<TestServer> Start(string database, FakeExecutor? machine, TestServer? beside) =>
        TestServer.Start(
            options: plain =>
                plain with
                {
                    Database = database,
                    KeyFile = beside?.Options.KeyFile ?? plain.KeyFile,
                    RegistryListen = "127.0.0.1:1",
                },
            adjust: services =>
            {
                QuietServer.NoDispatcher(services);
                if (machine is not null)
                    services.AddSingleton<IExecutor>(machine).AddHostedService<Dispatcher>();
                services.AddSingleton<IReadOnlyList<IProvider>>([new FakeCodeHost()]);
            },
            people: beside is null
        );
}
