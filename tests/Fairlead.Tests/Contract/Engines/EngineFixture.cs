using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Registry;
using Fairlead.Programs;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>One engine with small limits, a registry on this machine behind its door, and a base image there.</summary>
public abstract class EngineFixture(string kind) : IAsyncLifetime
{
    private readonly TempDir _directory = new();
    private readonly ProgramRunner _programs = new(TimeProvider.System);

    internal EngineOptions Options { get; private set; } = null!;
    internal EngineSupervisor Supervisor { get; private set; } = null!;
    internal EngineLease Lease { get; private set; } = null!;
    internal IImageEngine Engine { get; private set; } = null!;
    internal RegistryHost Registry { get; private set; } = null!;

    /// <summary>The engine's outermost process.</summary>
    internal int Process => DetachedProgram.Find(_directory["s/slot-0/pid"]) ?? 0;

    /// <summary>An image with busybox as /bin/sh and all its other names.</summary>
    internal string Base => $"{Registry.Host}/test/busybox:1";

    internal TempDir Directory => _directory;

    /// <summary>Where a job keeps what is large.</summary>
    internal string Work => _directory.Sub("job");

    internal string Secrets { get; } = System.IO.Directory.CreateTempSubdirectory("fairlead-test-").FullName;

    public async ValueTask InitializeAsync()
    {
        Unlock(_directory);
        Options = new EngineOptions(_directory["s"], _directory["r"])
        {
            Kind = kind,
            Limits = new EngineLimits(MemoryBytes: 400 << 20, Cpus: 2, Processes: 300),
        };
        Supervisor = new EngineSupervisor(Options, _programs, TimeProvider.System);
        Registry = await RegistryHost.Start(RegistryOptions.Open);
        await Use([new RegistryReach(Registry.Host, PlainHttp: true)]);
        await PublishBase();
    }

    /// <summary>Makes the engine ready for these registries besides those it knows.</summary>
    /// <param name="ofRequest">For a job that builds a pull request.</param>
    internal async Task<EngineLease> Use(IReadOnlyList<RegistryReach> registries, bool ofRequest = false)
    {
        var lease = await Supervisor.Ready(0, registries, TestContext.Current.CancellationToken, ofRequest);
        Assert.True(lease.Ok, lease.Failure?.Sentence + " " + LogTail());
        Lease = lease.Value;
        var workspace = new JobWorkspace(_directory.Sub("mirrors"), _directory.Sub("job"), Secrets, 0);
        Engine = ImageEngines.Create(EngineAccess.Of(Lease.ForJob(""), workspace), _programs);
        return Lease;
    }

    /// <summary>Has another server with these limits adopt the engine that runs.</summary>
    internal async Task Limit(EngineLimits limits)
    {
        var options = Options with { Limits = limits };
        var supervisor = new EngineSupervisor(options, _programs, TimeProvider.System);
        var lease = await supervisor.Ready(0, [], TestContext.Current.CancellationToken);
        Assert.True(lease.Ok && lease.Value.Limited, lease.Failure?.Sentence);
    }

    internal PushTarget Target(string repository, params string[] tags) =>
        new(Registry.Host, repository, tags.Length > 0 ? tags : ["1"]) { PlainHttp = true };

    public async ValueTask DisposeAsync()
    {
        await Supervisor.Stop(new HashSet<int>(), CancellationToken.None);
        if (Registry is not null)
            await Registry.DisposeAsync();
        System.IO.Directory.Delete(Secrets, recursive: true);
        await EngineStore.Clear(_directory);
    }

    /// <summary>The engine's user has to pass through.</summary>
    private static void Unlock(string path) =>
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherExecute);

    private string LogTail() =>
        File.Exists(_directory["s/slot-0/engine.log"])
            ? string.Join('\n', File.ReadLines(_directory["s/slot-0/engine.log"]).TakeLast(10))
            : "";

    private async Task PublishBase()
    {
        using var source = new TempDir();
        File.Copy("/bin/busybox", source["busybox"]);
        source.Write(
            "Dockerfile",
            """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            RUN mkdir -p /tmp /etc && echo root:x:0:0::/:/bin/sh > /etc/passwd
            """
        );
        var log = new List<string>();
        var built = await Engine.Build(
            new ImageBuild(source, "", "Dockerfile") { CacheName = "base" },
            log.Add,
            TestContext.Current.CancellationToken
        );
        Assert.True(built.Ok, built.Failure?.Sentence + string.Join('\n', log));
        var pushed = await Engine.Push(built.Value, Target("test/busybox"), log.Add, CancellationToken.None);
        Assert.True(pushed.Ok, pushed.Failure?.Sentence + string.Join('\n', log));
    }
}

public sealed class BuildKitFixture() : EngineFixture(EngineSettings.BuildKit);

[CollectionDefinition("buildkit")]
public sealed class BuildKitCollection : ICollectionFixture<BuildKitFixture>;

public sealed class BuildahFixture() : EngineFixture(EngineSettings.Buildah);

[CollectionDefinition("buildah")]
public sealed class BuildahCollection : ICollectionFixture<BuildahFixture>;
