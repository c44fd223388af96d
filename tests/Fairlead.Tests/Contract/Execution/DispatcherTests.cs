using System.Net.Http.Json;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Execution;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Contract.Execution;

/// <summary>What the dispatcher promises, with a clock and a machine that do what the test says.</summary>
public sealed class DispatcherTests : IAsyncLifetime
{
    private static readonly string Digest = "sha256:" + new string('d', 64);
    private readonly ManualClock _clock = new();
    private readonly FakeExecutor _machine = new();
    private TestServer _server = null!;
    private BuildWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(
            _clock,
            options => options with { RegistryListen = "127.0.0.1:1" },
            services =>
            {
                QuietServer.NoDispatcher(services);
                services.AddSingleton<IExecutor>(_machine).AddHostedService<Dispatcher>();
                services.AddSingleton<IReadOnlyList<IProvider>>([new FakeCodeHost()]);
            }
        );
        _world = await BuildWorld.Make(_server, BuildWorld.Rule("m.*", regex: true));
        await _server.With(async db =>
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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task As_many_run_as_there_are_slots_and_the_rest_says_why_it_waits()
    {
        await Push(3);
        await Running(1, 2);
        Assert.Equal([0, 1], _machine.Slots.Values.Order());
        var third = await _server.Member.GetFromJsonAsync<BuildInfo>("/api/v1/builds/3");
        Assert.Equal("It starts next; this machine runs 2 at a time.", third!.Waiting);
        await Succeed(new JobId(1, 1));
        await Running(2, 3);
    }

    [Fact]
    public async Task A_runner_gets_all_it_needs_and_no_secret()
    {
        await Push(1);
        await Running(1);
        using var runner = _world.Runner(_machine.Token(new JobId(1, 1)));
        var spec = await runner.GetFromJsonAsync<JobSpec>("/job/v1/spec");
        Assert.Equal((1L, 1), (spec!.BuildId, spec.Attempt));
        Assert.Equal(("http://127.0.0.1:9/repo.git", "127.0.0.1"), (spec.Source.Url, spec.Source.PinnedAddress));
        Assert.Equal(("127.0.0.1:1", "demo/app"), (spec.Image.Registry, spec.Image.Repository));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(60), spec.Deadline, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_runner_that_does_not_heed_a_cancellation_is_ended_within_five_seconds()
    {
        await Push(1);
        await Running(1);
        await _server.Member.PostAsync("/api/v1/builds/1/cancel", null);
        await Pass(TimeSpan.FromSeconds(5));
        await Ends(1, BuildState.Cancelled, "max cancelled it.");
        Assert.Empty(_machine.Alive);
    }

    [Fact]
    public async Task A_build_beyond_its_time_limit_is_ended()
    {
        await Push(1);
        await Running(1);
        await Pass(TimeSpan.FromMinutes(61), Beat);
        await Ends(1, BuildState.TimedOut, "It ran longer than its limit of 60 minutes and was stopped.");
        Assert.Empty(_machine.Alive);
    }

    [Fact]
    public async Task A_runner_that_vanishes_gets_one_more_chance()
    {
        await Push(1);
        await Running(1);
        await Lose(new JobId(1, 1), "source");
        await Eventually.True("a second runner is there", () => Step(() => _machine.Alive.Contains(new JobId(1, 2))));
        Assert.Equal(
            "Its first runner vanished in the phase source; it is tried once more.",
            (await _world.Build(1)).FailureSentence
        );
        await Lose(new JobId(1, 2), "build");
        await Ends(1, BuildState.Failed, "The runner vanished twice while it was in the phase build.");
    }

    [Fact]
    public async Task A_second_chance_that_succeeds_leaves_no_words_of_failure()
    {
        await Push(1);
        await Running(1);
        await Lose(new JobId(1, 1), "build");
        await Eventually.True("a second runner is there", () => Step(() => _machine.Alive.Contains(new JobId(1, 2))));
        await Succeed(new JobId(1, 2));
        Assert.Null((await _world.Build(1)).FailureSentence);
    }

    [Fact]
    public async Task What_keeps_the_machine_from_building_is_told_and_nothing_fails()
    {
        _machine.Obstacle = new Failure("engine.none", "There is no engine.", 503);
        await Push(1);
        await Eventually.True(
            "the build says why it waits",
            async () =>
                await Step(() => false)
                || (await _server.Member.GetFromJsonAsync<BuildInfo>("/api/v1/builds/1"))!.Waiting
                    == "No build can start now: There is no engine."
        );
        _machine.Obstacle = null;
        await Eventually.True("it starts", () => Step(() => _machine.Alive.Count == 1));
    }

    [Fact]
    public async Task A_build_goes_on_while_the_server_is_replaced()
    {
        await Push(1);
        await Running(1);
        await _server.Restart();
        await Pass(TimeSpan.FromSeconds(8));
        Assert.Equal((BuildState.Running, 1), ((await _world.Build(1)).State, (await _world.Build(1)).Attempt));
        await Succeed(new JobId(1, 1));
    }

    [Fact]
    public async Task What_ended_jobs_left_behind_is_removed()
    {
        await Push(1);
        await Running(1);
        await Succeed(new JobId(1, 1));
        await Eventually.True("nothing is left", () => Step(() => _machine.Known().Count == 0));
    }

    [Fact]
    public async Task The_slot_that_built_an_image_last_builds_it_again()
    {
        await Push(2);
        await Running(1, 2);
        await Succeed(new JobId(1, 1));
        await Succeed(new JobId(2, 1));
        var last = _machine.Slots[new JobId(2, 1)];
        await Push(1);
        await Running(3);
        Assert.Equal(last, _machine.Slots[new JobId(3, 1)]);
    }

    private async Task Push(int times)
    {
        for (var at = 0; at < times; at++)
        {
            var number = (await _world.Builds()).Count + 1;
            await _world.Push($"refs/heads/m{number}", BuildWorld.Commit(number));
        }
    }

    /// <summary>Waits until exactly these builds have runners.</summary>
    private Task Running(params long[] builds) =>
        Eventually.True(
            $"builds {string.Join(", ", builds)} run",
            () => Step(() => _machine.Alive.Select(job => job.Build).Order().SequenceEqual(builds))
        );

    /// <summary>Lets the dispatcher look again, then asks.</summary>
    private async Task<bool> Step(Func<bool> condition)
    {
        if (condition())
            return true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Yield();
        return condition();
    }

    private async Task Pass(TimeSpan time, Func<Task>? each = null)
    {
        var step = time > TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            _clock.Advance(step);
            if (each is not null)
                await each();
        }
    }

    private async Task Beat()
    {
        if (!_machine.IsAlive(new JobId(1, 1)))
            return;
        using var runner = _world.Runner(_machine.Token(new JobId(1, 1)));
        await runner.PostAsJsonAsync("/job/v1/heartbeat", new Heartbeat(1, "build"));
    }

    private async Task Lose(JobId job, string phase)
    {
        using var runner = _world.Runner(_machine.Token(job));
        (
            await runner.PostAsJsonAsync("/job/v1/heartbeat", new Heartbeat(job.Attempt, phase))
        ).EnsureSuccessStatusCode();
        _machine.Vanish(job);
        await Pass(TimeSpan.FromSeconds(12));
    }

    private async Task Succeed(JobId job)
    {
        using var runner = _world.Runner(_machine.Token(job));
        var result = new JobResult(
            job.Attempt,
            "succeeded",
            "push",
            Digest,
            1,
            ["linux/amd64"],
            null,
            new Dictionary<string, long>()
        );
        (await runner.PostAsJsonAsync("/job/v1/result", result)).EnsureSuccessStatusCode();
        _machine.Vanish(job);
    }

    private async Task Ends(long build, BuildState state, string words)
    {
        await Eventually.True(
            $"build {build} is {state}",
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return (await _world.Build(build)).State == state;
            }
        );
        Assert.Equal(words, (await _world.Build(build)).FailureSentence);
    }
}
