using Fairlead.Contracts.Jobs;
using Fairlead.Core.Secrets;
using Fairlead.Programs;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// What an operator typed about a daemon or builder of his own, and what docker's client is then told.
/// </summary>
public sealed class DockerHostTests : IDisposable
{
    private readonly TempDir _directory = new();
    private readonly ProgramRunner _programs = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("docker.example", "engine.host-form")]
    [InlineData("http://docker.example:2375", "engine.host-form")]
    [InlineData("tcp://docker.example", "engine.host-form")]
    [InlineData("tcp://me@docker.example:2376", "engine.host-form")]
    [InlineData("ssh://docker.example", "engine.host-form")]
    [InlineData("unix://relative.sock", "engine.host-form")]
    [InlineData("tcp://docker.example:2375", "engine.host-in-the-clear")]
    [InlineData("tcp://10.0.0.1:2375", "engine.host-in-the-clear")]
    [InlineData("tcp://127.0.0.1:2375", null)]
    [InlineData("unix:///run/docker.sock", null)]
    public void An_address_is_judged_before_it_is_used(string address, string? code) =>
        Assert.Equal(code, DockerHost.Read(address, null).Failure?.Code);

    [Fact]
    public void Certificates_have_to_be_there_and_of_use()
    {
        Assert.Equal("engine.host-no-certificates", DockerHost.Read("unix:///a", _directory).Failure?.Code);
        _directory.Write("ca.pem", "");
        _directory.Write("cert.pem", "");
        var missing = DockerHost.Read("tcp://docker.example:2376", _directory).Failure;
        Assert.Equal($"The file {_directory["key.pem"]} is missing or no PEM of its kind.", missing?.Sentence);
        _directory.Write("key.pem", "");
        var files = DockerHost.Read("tcp://docker.example:2376", _directory).Value.Files;
        Assert.Equal(["tls/ca.pem", "tls/cert.pem", "tls/key.pem"], files.Keys.Order());
    }

    [Theory]
    [InlineData("none", "engine.no-builder")]
    [InlineData("../instances/far", "engine.no-builder")]
    [InlineData("far", null)]
    [InlineData("default", null)]
    public void A_builder_has_to_be_known_to_buildx(string name, string? code)
    {
        _directory.Write("instances/far", "{}");
        Assert.Equal(code, new BuildxBuilder(name, _directory).Check()?.Code);
    }

    [Theory]
    [InlineData("buildx")]
    [InlineData("docker-host")]
    public async Task What_is_for_docker_does_not_go_with_buildah(string option)
    {
        _directory.Write("instances/far", "{}");
        var options = new EngineOptions(_directory["s"], _directory["r"])
        {
            Kind = EngineSettings.Buildah,
            Buildx = option == "buildx" ? new BuildxBuilder("far", _directory) : null,
            DockerHost = option == "docker-host" ? "unix:///var/run/docker.sock" : null,
        };
        var ready = await new EngineSupervisor(options, _programs, TimeProvider.System).Ready(0, [], Cancel);
        Assert.Equal("engine.needs-docker", ready.Failure?.Code);
        Assert.Contains($"--{option} ", ready.Failure!.Sentence);
    }

    [Fact]
    public async Task Buildx_is_called_with_its_builder_and_loads_what_it_built_into_the_daemon()
    {
        var found = _directory["called"];
        var docker = _directory.Write(
            "docker",
            $$"""
            #!/bin/sh
            { for one; do echo "$one"; done; env | grep -E '^(DOCKER|BUILDX)' | sort; } >"{{found}}"
            while [ "$1" != --iidfile ]; do shift; done
            echo "sha256:{{new string('a', 64)}}" >"$2"
            """
        );
        File.SetUnixFileMode(docker, (UnixFileMode)0b111_101_101);
        var lease = new EngineLease(EngineSettings.BuildKit, docker, "tcp://d.example:2376", false, [], false)
        {
            Builder = "far",
            Files = new Dictionary<string, string> { ["tls/ca.pem"] = "", ["buildx/instances/far"] = "" },
        };
        var workspace = new JobWorkspace(_directory.Sub("m"), _directory.Sub("job"), _directory.Sub("secrets"), 0);
        var engine = ImageEngines.Create(EngineAccess.Of(lease.ForJob("/job/keys/engine"), workspace), _programs);
        _directory.Write("source/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");

        var built = await engine.Build(
            new ImageBuild(_directory["source"], "", "Dockerfile")
            {
                CacheName = "test/app",
                Platform = "linux/arm64",
                Arguments = new Dictionary<string, string> { ["A"] = "b c" },
                Secrets = new Dictionary<string, Secret> { ["key"] = new("hidden") },
            },
            _ => { },
            Cancel
        );

        Assert.Equal("sha256:" + new string('a', 64), built.Value.Id);
        var lines = await File.ReadAllLinesAsync(found, Cancel);
        Assert.Equal(["buildx", "build", "--builder", "far", "--load", "--progress", "plain", "--pull"], lines[..8]);
        var rest = string.Join(' ', lines);
        Assert.Contains("--platform linux/arm64 --build-arg A=b c ", rest);
        Assert.Contains("--secret id=key,src=", rest);
        Assert.DoesNotContain("--network", rest);
        Assert.DoesNotContain("hidden", rest);
        Assert.Contains("BUILDX_CONFIG=/job/keys/engine/buildx", lines);
        Assert.Contains("DOCKER_CERT_PATH=/job/keys/engine/tls", lines);
        Assert.Contains("DOCKER_HOST=tcp://d.example:2376", lines);
        Assert.Contains("DOCKER_TLS_VERIFY=1", lines);
    }
}
