using Fairlead.Core.Secrets;
using Fairlead.Programs;
using Fairlead.Server.Execution;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Tests.Contract.Execution;

/// <summary>How runners are started, with a script in the runner's place that writes down what it finds.</summary>
public sealed class LocalExecutorTests : IDisposable
{
    private const string Script = """
        #!/bin/sh
        read -r token
        { echo "token=$token"; echo "args=$*"; id -un; pwd; env | sort | tr '\n' ' '; echo
        stat -c %a "$HOME"; } >"$HOME/found.tmp" 2>&1
        mv "$HOME/found.tmp" "$HOME/found"
        sleep 1000 &
        wait
        """;

    private readonly TempDir _home = new();
    private readonly MachinePaths _paths;
    private readonly LocalExecutor _executor;
    private readonly JobId _job = new(7, 2);

    public LocalExecutorTests()
    {
        // The runner's user has to be able to pass.
        File.SetUnixFileMode(
            _home,
            File.GetUnixFileMode(_home) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute
        );
        var script = _home.Write("runner.sh", Script);
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        _paths = new(_home["state"], _home["run"], _home["secrets"], _home["control"]);
        var (programs, time) = (new ProgramRunner(TimeProvider.System), TimeProvider.System);
        var options = new ServerOptions
        {
            Data = _home["data"],
            KeyFile = _home["key"],
            Runner = script,
        };
        var engines = new EngineSupervisor(new EngineOptions(_home["engines"], _home["run"]), programs, time);
        var runner = new RunnerProgram(options, _paths, programs);
        _executor = new LocalExecutor(
            _paths,
            engines,
            runner,
            new DetachedProgram(programs, time),
            programs,
            NullLogger<LocalExecutor>.Instance
        );
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_runner_has_its_token_on_standard_input_and_nothing_of_the_server()
    {
        Environment.SetEnvironmentVariable("FAIRLEAD_TEST_LEAK", "leaked");
        try
        {
            await Start();
            var found = await Found();
            Assert.Equal("token=flj_secret", found[0]);
            Assert.Equal($"args=--server unix:{_paths.JobSocket} --job 7", found[1]);
            Assert.Equal(RunnerUser.Exists ? RunnerUser.Name : Environment.UserName, found[2]);
            Assert.Equal("/", found[3]);
            Assert.DoesNotContain("LEAK", found[4]);
            Assert.DoesNotContain("secret", found[4]);
            Assert.Equal("700", found[5]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("FAIRLEAD_TEST_LEAK", null);
            await _executor.Remove(_job, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Its_end_takes_all_it_started_and_leaves_nothing()
    {
        await Start();
        await Found();
        Assert.True(_executor.IsAlive(_job));
        Assert.Equal([_job], _executor.Known());
        await _executor.Remove(_job, CancellationToken.None);
        Assert.False(_executor.IsAlive(_job));
        Assert.Empty(_executor.Known());
    }

    [Fact]
    public async Task A_runner_that_is_not_there_is_told()
    {
        File.Delete(_home["runner.sh"]);
        var place = await _executor.Prepare(_job, 0, [], false, CancellationToken.None);
        Assert.Equal("execution.runner-missing", place.Failure!.Code);
    }

    private async Task Start()
    {
        var started = await _executor.Start(_job, new Secret("flj_secret"), CancellationToken.None);
        Assert.True(started.Ok, started.Failure?.Sentence);
    }

    private async Task<string[]> Found()
    {
        var file = Path.Combine(_paths.Job(_job).Work, "found");
        await Eventually.True("the runner wrote what it found", () => File.Exists(file));
        return await File.ReadAllLinesAsync(file);
    }
}
