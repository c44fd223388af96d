using Fairlead.Core.Outcomes;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>A build that fails says why in one sentence, the same for every engine.</summary>
public abstract class FailureContract(EngineFixture fixture) : EngineContract(fixture)
{
    [Fact]
    public async Task A_failing_step_is_named_with_its_exit_code()
    {
        var failure = await Refused($"FROM {Base}\nRUN echo some words && exit 3");
        Says(failure, "build.step-failed", "The step RUN echo some words && exit 3 ended with exit code 3.");
        Assert.Contains("some words", Log);
    }

    [Fact]
    public async Task A_program_for_another_processor_is_told_from_a_failing_step()
    {
        // The first bytes of a program for s390x: no machine these tests run on has one, or an emulator of it.
        byte[] header = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 2, 1, .. new byte[10], 2, 0, 22, 0, 0, 0, 1];
        await File.WriteAllBytesAsync(Source["sh"], [.. header, .. new byte[40]]);
        File.SetUnixFileMode(Source["sh"], (UnixFileMode)0b111_101_101);
        var failure = await Refused(
            "FROM scratch\nCOPY sh /bin/sh\nRUN true",
            build => build with { Platform = "linux/s390x" }
        );
        Says(
            failure,
            "build.no-emulation",
            "The step RUN true runs a program for linux/s390x, which this machine cannot."
        );
        Assert.StartsWith("Install qemu-user-static on the machine, take linux/s390x off", failure.Remedy);
    }

    [Fact]
    public async Task A_wrong_Dockerfile_names_its_line()
    {
        var failure = await Refused($"FROM {Base}\n\nBOGUS words");
        Assert.Equal("build.dockerfile-syntax", failure.Code);
        Assert.Contains("BOGUS", failure.Sentence);
        Assert.Contains("3", failure.Sentence);
        Assert.Equal("build.dockerfile-syntax", (await Refused("")).Code);
    }

    [Fact]
    public async Task A_missing_Dockerfile_or_directory_is_named()
    {
        Source.Write("app/readme", "");
        var file = await Refused("", build => build with { Directory = "app" });
        Says(file, "build.no-dockerfile", "There is no file app/Dockerfile in this commit.");
        var directory = await Refused("", build => build with { Directory = "none" });
        Says(directory, "build.no-context", "There is no directory none in this commit.");
    }

    [Theory]
    [InlineData("..", "Dockerfile")]
    [InlineData("app/../..", "Dockerfile")]
    [InlineData("/etc", "passwd")]
    [InlineData("", "../Dockerfile")]
    [InlineData("", "/etc/passwd")]
    [InlineData("link", "passwd")]
    [InlineData("", "link/passwd")]
    [InlineData("", "linked-file")]
    public async Task Paths_stay_inside_the_repository(string directory, string dockerfile)
    {
        File.CreateSymbolicLink(Source["link"], "/etc");
        File.CreateSymbolicLink(Source["linked-file"], "/etc/passwd");
        var failure = await Refused("", build => build with { Directory = directory, Dockerfile = dockerfile });
        Assert.Equal("build.outside", failure.Code);
    }

    [Fact]
    public async Task A_file_that_COPY_misses_is_named()
    {
        var failure = await Refused($"FROM {Base}\nCOPY missing.txt /");
        Says(failure, "build.copy-missing", "A COPY or ADD names missing.txt, which is not in the build directory.");
        Assert.Equal("build.copy-missing", (await Refused($"FROM {Base}\nCOPY not/here.txt /")).Code);
    }

    [Fact]
    public async Task A_base_image_that_is_missing_or_unreachable_is_named()
    {
        var image = $"{Fixture.Registry.Host}/none/such:7";
        Says(await Refused($"FROM {image}"), "build.base-missing", $"The base image {image} does not exist.");
        var unreachable = await Refused("FROM 127.0.0.1:1/none/such:7");
        Says(
            unreachable,
            "build.base-unreachable",
            "The registry of the base image 127.0.0.1:1/none/such:7 does not answer."
        );
        Assert.Equal(Retry.Later, unreachable.Retry);
    }

    [Theory]
    [InlineData("# syntax=evil.example/frontend:1\n")]
    [InlineData("#!shebang\n#  SYNTAX = evil.example/frontend:1\n")]
    [InlineData("# escape=`\n# syntax=docker/dockerfile.evil.example/x\n")]
    [InlineData("// syntax=evil.example/frontend:1\n")]
    public async Task A_strange_front_end_is_refused(string directive)
    {
        var failure = await Refused($"{directive}FROM {Base}\n");
        Assert.Equal("build.syntax-image", failure.Code);
    }

    [Fact]
    public async Task Arguments_cannot_steer_the_engine()
    {
        var failure = await Refused(
            $"FROM {Base}",
            build => build with { Arguments = new Dictionary<string, string> { ["BUILDKIT_SYNTAX"] = "evil/front" } }
        );
        Assert.Equal("build.argument-reserved", failure.Code);
    }

    private static void Says(Failure failure, string code, string sentence) =>
        Assert.Equal((code, sentence), (failure.Code, failure.Sentence));
}
