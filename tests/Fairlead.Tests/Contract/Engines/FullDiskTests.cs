using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Programs;
using Fairlead.Programs;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>A full disk is named as that, and the engine works again once there is room.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData(EngineSettings.BuildKit)]
    [InlineData(EngineSettings.Buildah)]
    public async Task A_full_disk_is_named(string kind)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TempDir();
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
        var store = directory.Sub("s/slot-0/store");
        await Tool.Run("mount", ["-t", "tmpfs", "-o", "size=40m", "small", store]);
        var programs = new ProgramRunner(TimeProvider.System);
        var options = new EngineOptions(directory["s"], directory["r"]) { Kind = kind };
        var supervisor = new EngineSupervisor(options, programs, TimeProvider.System);
        try
        {
            var lease = (await supervisor.Ready(0, [], cancel)).Value;
            var workspace = new JobWorkspace(directory.Sub("m"), directory.Sub("j"), directory.Sub("t"), 0);
            var engine = ImageEngines.Create(EngineAccess.Of(lease.ForJob(""), workspace), programs);
            using var source = new TempDir();
            File.Copy("/bin/busybox", source["busybox"]);

            async Task<Core.Outcomes.Failure?> Build(string step)
            {
                source.Write("Dockerfile", $"FROM scratch\nCOPY busybox /bin/sh\n{step}");
                var build = new ImageBuild(source, "", "Dockerfile") { CacheName = "full" };
                return (await engine.Build(build, TestContext.Current.TestOutputHelper!.WriteLine, cancel)).Failure;
            }

            var content = new byte[60 << 20];
            await File.WriteAllBytesAsync(source["content"], content, cancel);
            Assert.Equal("build.disk-full", (await Build("COPY content /"))?.Code);
            File.Delete(source["content"]);
            // BuildKit frees what a failed build took a while after it has said so.
            await Eventually.True(
                "there is room again",
                async () => (await Build("RUN echo there is room again"))?.Code != "build.disk-full",
                TimeSpan.FromMinutes(1)
            );
            Assert.Null(await Build("RUN echo and it stays"));
        }
        finally
        {
            await supervisor.Stop(new HashSet<int>(), CancellationToken.None);
            await Tool.Run("umount", ["-l", store]);
        }
    }
}
