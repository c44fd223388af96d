using System.Diagnostics;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>A build takes no more than it may, and ends at once when told to.</summary>
public abstract class LimitContract(EngineFixture fixture) : EngineContract(fixture)
{
    [Theory]
    [InlineData("echo hog && tail /dev/zero")]
    [InlineData("[\"tail\", \"/dev/zero\"]")]
    public async Task A_step_that_takes_too_much_memory_is_killed_and_the_engine_lives_on(string step)
    {
        Limited();
        var failure = await Refused($"FROM {Base}\nRUN {step}");
        Assert.Equal("build.step-failed", failure.Code);
        Assert.Contains("/dev/zero", failure.Sentence);
        Assert.EndsWith("ended with exit code 137.", failure.Sentence);
        Assert.Equal("It was killed, most likely for using more memory than a build may.", failure.Remedy);
        var engine = Fixture.Process;
        await Built($"FROM {Base}\nRUN echo still here");
        Assert.Equal(engine, Fixture.Process);
    }

    [Fact]
    public async Task A_step_cannot_start_processes_without_end()
    {
        Limited();
        await Build(
            $"""
            FROM {Base}
            RUN i=0; while [ $i -lt 600 ]; do sleep 20 & i=$((i+1)); done; echo all of them
            """
        );
        Assert.DoesNotContain("all of them", Log.Replace("echo all of them", ""));
        await Built($"FROM {Base}\nRUN echo still here after the forks");
    }

    [Fact]
    public async Task A_step_gets_no_more_of_the_processors_than_it_may()
    {
        Limited();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var name = $"busy-{Random.Shared.Next(100_000, 999_999)}";
        var build = Build($"FROM {Base}\nRUN sh -c 'while :; do :; done' {name}", cancel: cancel.Token);
        await Support.Eventually.True("the step runs", () => HostProcesses.With($"done\0{name}").Count > 0);
        var step = HostProcesses.With($"done\0{name}").Max();

        // So little that the kernel has to hold it back, however busy the machine is; a running step takes it, too.
        await Fixture.Limit(Fixture.Options.Limits with { Cpus = 0.05 });
        Assert.Equal(0.05, CpuUse.Limit(step));
        var before = CpuUse.Throttled(step);
        await Support.Eventually.True("the kernel holds it back", () => CpuUse.Throttled(step) > before + 5);
        await Fixture.Limit(Fixture.Options.Limits);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(2, CpuUse.Limit(Fixture.Process));
    }

    [Fact]
    public async Task Cancelling_ends_everything_within_a_second()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var seconds = Random.Shared.Next(100_000, 999_999).ToString();
        var build = Build($"FROM {Base}\nRUN echo begun-{seconds[..3]} && sleep {seconds}", cancel: cancel.Token);
        await Support.Eventually.True("the step runs", () => HostProcesses.With($"sleep\0{seconds}").Count > 0);
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        await Support.Eventually.True("the step is gone", () => HostProcesses.With($"sleep\0{seconds}").Count == 0);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        await Built($"FROM {Base}\nRUN echo works after a cancel");
    }

    /// <summary>Limits need control groups, which take root (or a delegated group) to make.</summary>
    private void Limited()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Limits are for a server run as root.");
        Assert.True(Fixture.Lease.Limited, "This machine has no control groups to limit a build with.");
    }
}
