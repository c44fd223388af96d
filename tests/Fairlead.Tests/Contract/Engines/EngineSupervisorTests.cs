using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Programs;
using Fairlead.Programs;
using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>Engines outlive the server, are found again by the next one, and leave nothing when they end.</summary>
public sealed class EngineSupervisorTests : IAsyncLifetime
{
    private readonly TempDir _directory = new();
    private readonly ProgramRunner _programs = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineSettings.BuildKit)]
    [InlineData(EngineSettings.Buildah)]
    public async Task The_next_server_adopts_an_engine_and_ends_it_without_a_trace(string kind)
    {
        Assert.True((await Supervisor(kind).Ready(0, [], Cancel)).Ok);
        var engine = Process(0);
        Assert.NotNull(engine);

        // What a killed server leaves: the engine, and files. A new supervisor knows nothing else.
        Assert.True((await Supervisor(kind).Ready(0, [], Cancel)).Ok);
        Assert.Equal(engine, Process(0));

        await Supervisor(kind).Stop(new HashSet<int> { 0 }, Cancel);
        Assert.Equal(engine, Process(0));
        await Supervisor(kind).Stop(new HashSet<int>(), Cancel);
        Assert.Null(Process(0));
        Assert.Empty(HostProcesses.With(_directory));
        Assert.DoesNotContain(_directory, await File.ReadAllTextAsync("/proc/mounts", Cancel));
        Assert.DoesNotContain(Groups(), Directory.Exists);
    }

    [Fact]
    public async Task An_engine_that_died_is_cleaned_up_after_and_started_again()
    {
        var lease = await Supervisor().Ready(0, [new RegistryReach("127.0.0.1:1")], Cancel);
        Assert.Equal(["127.0.0.1:1"], lease.Value.Doors);
        var first = Process(0)!.Value;
        await Tool.Run("kill", ["-KILL", first.ToString()]);
        await Eventually.True("it is dead", () => Process(0) is null);

        Assert.True((await Supervisor().Ready(0, [], Cancel)).Ok);
        Assert.NotEqual(first, Process(0));
        Assert.Single(HostProcesses.With("UNIX-LISTEN:" + _directory["r/slot-0/door"]), Outermost);
    }

    [Fact]
    public async Task Slots_have_engines_of_their_own_and_a_known_registry_stays_known()
    {
        var supervisor = Supervisor();
        Assert.True((await supervisor.Ready(0, [new RegistryReach("127.0.0.1:1")], Cancel)).Ok);
        Assert.True((await supervisor.Ready(1, [], Cancel)).Ok);
        Assert.NotEqual(Process(0), Process(1));

        var engine = Process(0);
        var again = await supervisor.Ready(0, [], Cancel);
        Assert.Equal(["127.0.0.1:1"], again.Value.Doors);
        Assert.Equal(engine, Process(0));
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named()
    {
        var kind = await Supervisor("kaniko").Ready(0, [], Cancel);
        Assert.Equal("engine.kind-unknown", kind.Failure?.Code);
        var host = await Supervisor().Ready(0, [new RegistryReach("../../etc")], Cancel);
        Assert.Equal("engine.registry-host", host.Failure?.Code);
        var options = Options(EngineSettings.BuildKit) with { DockerHost = $"unix://{_directory.Path}/none.sock" };
        var gone = await new EngineSupervisor(options, _programs, TimeProvider.System).Ready(0, [], Cancel);
        Assert.Equal("engine.host-unreachable", gone.Failure?.Code);
    }

    [Fact]
    public async Task An_engine_that_does_not_start_says_why_and_leaves_nothing()
    {
        Directory.CreateDirectory(_directory["s/slot-0/store/image/overlay2/repositories.json"]);
        var failure = (await Supervisor().Ready(0, [], Cancel)).Failure;
        Assert.Equal("engine.not-started", failure?.Code);
        Assert.Contains("failed to start daemon", failure!.Sentence);
        Assert.Empty(HostProcesses.With(_directory));
    }

    public ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Supervisor().Stop(new HashSet<int>(), CancellationToken.None);
        await EngineStore.Clear(_directory);
    }

    private EngineSupervisor Supervisor(string kind = EngineSettings.BuildKit) =>
        new(Options(kind), _programs, TimeProvider.System);

    private EngineOptions Options(string kind) => new(_directory["s"], _directory["r"]) { Kind = kind };

    private int? Process(int slot) => DetachedProgram.Find(_directory[$"s/slot-{slot}/pid"]);

    private static bool Outermost(int process) =>
        File.ReadAllText($"/proc/{process}/cmdline").StartsWith("socat", StringComparison.Ordinal);

    private IReadOnlyList<string> Groups() =>
        CgroupMount.Find() is { } mount && Environment.IsPrivilegedProcess
            ? mount.Directories(SlotProcess.GroupName(_directory["s/slot-0"], 0))
            : [];
}
