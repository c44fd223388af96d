using System.Diagnostics;
using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>
/// The runner as a program: its secrets stand in no argument and no environment, and a signal ends it.
/// </summary>
public sealed class RunnerProcessTests : IAsyncLifetime
{
    private readonly FakeJobServer _server = new();
    private SourceBench _source = null!;

    public async ValueTask InitializeAsync()
    {
        _source = await SourceBench.Start();
        await _server.Start();
        _server.Git = new GitLease("ada", SourceBench.Password, null, null);
        var commit = await _source.Commit(("Dockerfile", "FROM scratch\n"));
        _server.Spec = _source.Spec(commit, dockerfile: "Missing") with
        {
            Engine = new JobEngine(EngineSettings.BuildKit, new Dictionary<string, string>()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task No_secret_stands_in_arguments_or_environment()
    {
        // Slow enough for the watch to see every program of the fetch many times.
        _source.Host.Fault = new Fault.Slow(TimeSpan.FromMilliseconds(400));
        using var runner = Start();
        await using (var watch = new ProcessWatch(runner.Id, FakeJobServer.Token, SourceBench.Password))
        {
            await runner.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Empty(watch.Found);
            Assert.Contains("git", watch.Seen);
            Assert.Contains(watch.Seen, name => name.Contains("remote-http"));
        }
        Assert.Equal(0, runner.ExitCode);
        Assert.Equal("source.no-dockerfile", _server.Results[0].Failure?.Code);
    }

    [Fact]
    public async Task Control_a_planted_secret_is_seen()
    {
        var start = new ProcessStartInfo("sh", ["-c", "sleep 60 & wait", "x", FakeJobServer.Token]);
        start.Environment["PLANTED"] = SourceBench.Password;
        using var shell = Process.Start(start)!;
        try
        {
            await using var watch = new ProcessWatch(shell.Id, FakeJobServer.Token, SourceBench.Password);
            await Eventually.True("both are seen", () => watch.Found.Count >= 3);
            Assert.Contains("sh cmdline", watch.Found);
            Assert.Contains("sleep environ", watch.Found);
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_signal_cancels_the_job()
    {
        _source.Host.Fault = new Fault.Slow(TimeSpan.FromSeconds(30));
        using var runner = Start();
        await Eventually.True("the job fetches", () => _server.Lines.Any(line => line.Text.StartsWith("Fetching")));
        using var kill = Process.Start("kill", ["-TERM", $"{runner.Id}"]);
        await runner.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("cancelled", _server.Results[0].State);
    }

    [Theory]
    [InlineData("--job 1")]
    [InlineData("--server ftp://x --job 1")]
    [InlineData("--server http://user:word@x --job 1")]
    [InlineData("--server unix:/x --job ../1")]
    public async Task Other_arguments_are_a_usage_line(string arguments)
    {
        using var runner = Start(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        await runner.WaitForExitAsync();
        Assert.Equal(2, runner.ExitCode);
    }

    private Process Start(params string[] arguments)
    {
        string[] given = arguments.Length > 0 ? arguments : ["--server", _server.Address, "--job", "1"];
        var start = new ProcessStartInfo(BuiltPrograms.Runner, given)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        var runner = Process.Start(start)!;
        runner.StandardInput.WriteLine(FakeJobServer.Token);
        return runner;
    }
}
