using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Programs;
using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Programs;
using Fairlead.Runner.Images;
using Fairlead.Runner.Steps;
using Fairlead.Server.Execution;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>An operator may point to a docker daemon of his own; a real one builds and pushes here.</summary>
public sealed class OtherDaemonTests : IAsyncLifetime
{
    private readonly TempDir _directory = new();
    private readonly ProgramRunner _programs = new(TimeProvider.System);
    private OtherDaemon _daemon = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "An ordinary docker daemon takes root.");
        _daemon = await OtherDaemon.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();
        await EngineStore.Clear(_directory);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_builds_and_pushes_one_platform_and_several(bool tls)
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Open);
        if (!tls)
            _daemon.LetIn();
        var ready = tls ? await Ready(_daemon.Tcp, _daemon.Certificates) : await Ready(_daemon.Unix);
        Assert.True(ready.Ok, ready.Failure?.Sentence);
        Assert.False(ready.Value.Private);
        var engine = Engine(ready.Value);
        // This daemon has no bridge, and so no network for a step.
        _directory.Write("source/Dockerfile", "FROM scratch\nCOPY Dockerfile /d");
        var build = new ImageBuild(_directory["source"], "", "Dockerfile") { CacheName = "test/app" };

        var one = await engine.Build(build, _ => { }, Cancel);
        Assert.True(one.Ok, one.Failure?.Sentence);
        var target = new PushTarget(registry.Host, "test/app", ["1"]) { PlainHttp = true };
        var pushed = await engine.Push(one.Value, target, _ => { }, Cancel);
        Assert.True(pushed.Ok, pushed.Failure?.Sentence);
        Assert.Equal(pushed.Value.Digest, await PushedContent.Digest(target, "1"));

        var builds = new PlatformBuilds(engine, _ => { });
        var two = await builds.Build(build, ["linux/amd64", "linux/arm64"], Cancel);
        Assert.True(two.Ok, two.Failure?.Sentence);
        var index = await builds.Push(two.Value, target, Cancel);
        Assert.True(index.Ok, index.Failure?.Sentence);
        Assert.Equal(index.Value.Digest, (await PushedIndexes.Read(target, "1")).Digest);
    }

    [Fact]
    public async Task A_job_gets_what_it_needs_to_log_in_there_for_its_eyes_only()
    {
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);
        var paths = new MachinePaths(_directory["w"], _directory["r"], _directory["k"], _directory["c"]);
        var server = new ServerOptions
        {
            Data = _directory["d"],
            KeyFile = _directory["key"],
            Runner = "/bin/true",
        };
        var executor = new LocalExecutor(
            paths,
            new EngineSupervisor(Options(_daemon.Tcp, _daemon.Certificates), _programs, TimeProvider.System),
            new RunnerProgram(server, paths, _programs),
            new DetachedProgram(_programs, TimeProvider.System),
            _programs,
            NullLogger<LocalExecutor>.Instance
        );
        var job = new JobId(7, 1);

        var place = await executor.Prepare(job, 0, [], false, Cancel);

        Assert.True(place.Ok, place.Failure?.Sentence);
        var given = place.Value.Engine.Settings[EngineSettings.Certificates];
        Assert.StartsWith(place.Value.Workspace.Secrets, given);
        var owner = RunnerUser.Exists ? RunnerUser.Name : Environment.UserName;
        foreach (var name in new[] { "ca.pem", "cert.pem", "key.pem" })
        {
            var file = Path.Combine(given, name);
            Assert.Equal($"600 {owner}", (await Tool.Run("stat", ["-c", "%a %U", file])).Trim());
            Assert.Equal(File.ReadAllText(Path.Combine(_daemon.Certificates, name)), File.ReadAllText(file));
        }
        Assert.DoesNotContain("PRIVATE KEY", JsonSerializer.Serialize(place.Value));
        await executor.Remove(job, Cancel);
        Assert.False(Directory.Exists(given));
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_why()
    {
        using var stranger = new TestAuthority("Stranger");
        Says("engine.host-refuses", await Ready(_daemon.Tcp, _daemon.Client("stranger", stranger)));
        Says(
            "engine.host-certificate",
            await Ready(_daemon.Tcp.Replace("127.0.0.1", "localhost"), _daemon.Certificates)
        );
        File.WriteAllText(Path.Combine(_daemon.Client("distrusting", stranger), "ca.pem"), stranger.Pem);
        Says("engine.host-certificate", await Ready(_daemon.Tcp, Path.Combine(_daemon.Certificates, "../distrusting")));
        Says("engine.host-strange", await Ready(_daemon.Tcp));
        Says("engine.host-unreachable", await Ready($"tcp://127.0.0.1:{FreePort.Next()}", _daemon.Certificates));
        if (!RunnerUser.Exists)
            return;
        Says("engine.host-denied", await Ready(_daemon.Unix));
    }

    [Fact]
    public async Task An_engine_of_our_own_starts_beside_it()
    {
        Assert.True(Directory.Exists("/run/docker/plugins"), "The daemon has not taken its place in /run.");
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);
        var options = new EngineOptions(_directory["s"], _directory["r"]) { Kind = EngineSettings.BuildKit };
        var supervisor = new EngineSupervisor(options, _programs, TimeProvider.System);
        var ready = await supervisor.Ready(0, [], Cancel);
        await supervisor.Stop(new HashSet<int>(), Cancel);
        Assert.True(ready.Ok, ready.Failure?.Sentence);
    }

    private static void Says(string code, Outcome<EngineLease> ready)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(ready.Failure?.Sentence ?? "ready");
        Assert.Equal(code, ready.Failure?.Code);
    }

    private Task<Outcome<EngineLease>> Ready(string address, string? certificates = null) =>
        new EngineSupervisor(Options(address, certificates), _programs, TimeProvider.System).Ready(0, [], Cancel);

    private EngineOptions Options(string address, string? certificates) =>
        new(_directory["s"], _directory["r"]) { DockerHost = address, DockerCertificates = certificates };

    private IImageEngine Engine(EngineLease lease)
    {
        var files = _directory.Sub("files/tls");
        foreach (var (name, from) in lease.Files)
            File.Copy(from, Path.Combine(_directory["files"], name));
        var workspace = new JobWorkspace(_directory.Sub("m"), _directory.Sub("job"), _directory.Sub("secrets"), 0);
        return ImageEngines.Create(EngineAccess.Of(lease.ForJob(Path.GetDirectoryName(files)!), workspace), _programs);
    }
}
