using System.Diagnostics;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Runner;
using Fairlead.Runner.Steps;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>
/// A runner tells the server how its job ended, once and truly, whatever happens to either meanwhile.
/// </summary>
public sealed class RunJobTests : IAsyncLifetime
{
    private readonly FakeJobServer _server = new();
    private SourceBench _source = null!;
    private JobSpec _spec = null!;

    public async ValueTask InitializeAsync()
    {
        _source = await SourceBench.Start();
        await _server.Start();
        var commit = await _source.Commit(("Dockerfile", "FROM reg.example/base:1\n"));
        _spec = _source.Spec(commit) with { HeartbeatEvery = TimeSpan.FromMilliseconds(200) };
        _server.Git = new GitLease("ada", SourceBench.Password, null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task A_job_goes_from_commit_to_image()
    {
        var engine = new FakeEngine();
        Assert.Equal(0, await Run(engine));

        var result = Assert.Single(_server.Results);
        Assert.Equal(("succeeded", FakeEngine.Digest, 42), (result.State, result.Digest, result.Size));
        Assert.Equal(["build", "push", "source"], result.DurationsMs.Keys.Order());
        Assert.Equal(["reg.example/base:1"], _server.Inputs!.Bases);
        Assert.True(_server.Inputs.Certain);
        Assert.Equal(
            [new("reg.example", "base", false), new("registry.test", "team/app", true)],
            _server.Wishes.ToArray()
        );
        Assert.Equal(
            ["Source", "Build", "Push"],
            _server.Lines.Where(line => line.Kind == "phase").Select(l => l.Text)
        );
        Assert.Contains(_server.Lines, line => line.Text == "pushing with ***");
        Assert.Empty(Directory.GetFileSystemEntries(_spec.Workspace.Secrets));
    }

    [Fact]
    public async Task Inputs_seen_before_build_nothing()
    {
        _server.Reply = new InputsReply(7, FakeEngine.Digest);
        var engine = new FakeEngine();
        await Run(engine);
        Assert.Equal(("succeeded", FakeEngine.Digest), (_server.Results[0].State, _server.Results[0].Digest));
        Assert.Null(engine.Asked);
        Assert.Contains(_server.Lines, line => line.Text.Contains("build 7"));
    }

    [Fact]
    public async Task Several_platforms_are_built_one_by_one_and_pushed_as_one_image()
    {
        string[] platforms = ["linux/amd64", "linux/arm64"];
        _spec = _spec with { Image = _spec.Image with { Platforms = platforms } };
        var engine = new FakeEngine();
        await Run(engine);
        var result = Assert.Single(_server.Results);
        Assert.Equal("succeeded", result.State);
        Assert.Equal(platforms, engine.Joined);
        Assert.Equal(platforms, result.Platforms);
        Assert.Contains(_server.Lines, line => line.Text == "Platform linux/arm64 (2 of 2).");
    }

    [Fact]
    public async Task A_failure_on_one_of_several_platforms_names_it()
    {
        _spec = _spec with { Image = _spec.Image with { Platforms = ["linux/amd64", "linux/arm64"] } };
        var builds = 0;
        var engine = new FakeEngine
        {
            OnBuild = (_, _) =>
                Task.FromResult<Failure?>(++builds == 2 ? new Failure("build.some", "The step failed.", 422) : null),
        };
        await Run(engine);
        var result = Assert.Single(_server.Results);
        Assert.Equal(("failed", "build.some"), (result.State, result.Failure?.Code));
        Assert.Equal("For linux/arm64: the step failed.", result.Failure!.Title);
        Assert.Null(engine.Pushed);
    }

    [Fact]
    public async Task A_restart_of_the_server_loses_and_repeats_nothing()
    {
        var resume = new TaskCompletionSource();
        var built = false;
        var engine = new FakeEngine
        {
            OnBuild = async (log, cancel) =>
            {
                for (var i = 0; i < 3000; i++)
                {
                    log($"line {i}");
                    if (i == 1000)
                        await resume.Task.WaitAsync(cancel);
                }
                built = true;
                return null;
            },
        };
        _server.LoseAnswers = 2;
        var running = Run(engine);
        await engine.Begun.Task;
        await Eventually.True("some of the log has arrived", () => _server.Lines.Count > 500);
        await _server.Stop();
        resume.SetResult();
        await Eventually.True("the build went on without the server", () => built);
        Assert.False(running.IsCompleted);
        await _server.Start();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        var lines = _server.Lines.Where(line => line.Text.StartsWith("line ")).Select(line => line.Text);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"line {i}"), lines);
        Assert.Equal("succeeded", Assert.Single(_server.Results).State);
    }

    [Fact]
    public async Task A_second_attempt_adds_to_the_log_of_the_first()
    {
        _server.Log.Write("{\"at\":1,\"phase\":\"build\",\"text\":\"of the first attempt\"}\n"u8);
        await Run(new FakeEngine());
        Assert.Equal("of the first attempt", _server.Lines[0].Text);
        Assert.Equal("Source", _server.Lines[1].Text);
    }

    [Fact]
    public async Task Cancel_ends_the_job_within_five_seconds()
    {
        var engine = new FakeEngine { OnBuild = Forever };
        var running = Run(engine);
        await engine.Begun.Task;
        var watch = Stopwatch.StartNew();
        _server.Cancel = true;
        await running;
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(("cancelled", "build"), (_server.Results[0].State, _server.Results[0].Phase));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_timed_out()
    {
        _spec = _spec with { Deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3) };
        await Run(new FakeEngine { OnBuild = Forever });
        Assert.Equal("timed-out", _server.Results[0].State);
        Assert.Contains(_server.Lines, line => line.Kind == "error");
    }

    [Fact]
    public async Task A_job_the_server_gave_away_stops_without_a_word()
    {
        var engine = new FakeEngine { OnBuild = Forever };
        var running = Run(engine);
        await engine.Begun.Task;
        _server.Forgotten = true;
        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Empty(_server.Results);
    }

    [Fact]
    public async Task A_failure_reaches_the_server_in_its_own_words()
    {
        var failure = new Failure("build.step-failed", "The step RUN make ended with exit code 2.", 422);
        await Run(new FakeEngine { OnBuild = (_, _) => Task.FromResult<Failure?>(failure) });
        var result = _server.Results[0];
        Assert.Equal(("failed", "build", failure.Code), (result.State, result.Phase, result.Failure?.Code));
        Assert.Equal(failure.Sentence, _server.Lines.Single(line => line.Kind == "error").Text);
    }

    [Fact]
    public async Task A_mistake_in_the_runner_is_told_and_kept_for_its_developers()
    {
        await Run(
            new FakeEngine { OnBuild = (_, _) => throw new FormatException("a bug, with " + FakeJobServer.Token) }
        );
        Assert.Equal("job.bug", _server.Results[0].Failure?.Code);
        var diagnostics = File.ReadAllText(Path.Combine(_spec.Workspace.Job, Diagnostics.FileName));
        Assert.Contains("a bug, with ***", diagnostics);
    }

    [Fact]
    public async Task A_full_disk_is_a_sentence()
    {
        await Run(new FakeEngine { OnBuild = (_, _) => throw new IOException("No space left", 28) });
        Assert.Equal("job.disk-full", _server.Results[0].Failure?.Code);
    }

    private static async Task<Failure?> Forever(Action<string> log, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return null;
    }

    private Task<int> Run(FakeEngine engine)
    {
        _server.Spec = _spec;
        var job = new RunJob((_, _) => engine, TimeProvider.System);
        return job.Run(new RunnerArguments(_server.Address, "1"), new Secret(FakeJobServer.Token));
    }
}
