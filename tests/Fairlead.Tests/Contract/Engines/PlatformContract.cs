using Fairlead.Core.Secrets;
using Fairlead.Emulators.Registry;
using Fairlead.Runner.Images;
using Fairlead.Runner.Steps;
using Fairlead.Server.Execution.Engines;
using Asked = Fairlead.Emulators.Registry.RegistryLogin;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>One image for several platforms: an index that an independent client reads.</summary>
public abstract class PlatformContract(EngineFixture fixture) : EngineContract(fixture)
{
    private static readonly string[] Two = ["linux/amd64", "linux/arm64"];

    [Fact]
    public async Task An_index_lists_an_image_for_each_platform_under_all_tags_and_no_other()
    {
        var target = Fixture.Target("test/two", "1.0", "latest");
        var pushed = await PushedIndex("FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch", target);

        var index = await PushedIndexes.Read(target, "1.0");
        Assert.Equal(PushedIndexes.MediaType, index.MediaType);
        Assert.Equal(Two, index.Platforms);
        Assert.Equal(pushed.Digest, index.Digest);
        Assert.Equal(pushed.Digest, (await PushedIndexes.Read(target, "latest")).Digest);
        Assert.Equal(["1.0", "latest"], await PushedIndexes.Tags(Fixture.Registry.Url, "test/two"));
        foreach (var platform in Two)
        {
            var image = await PushedIndexes.Image(target, platform);
            Assert.Equal(platform, image.Says);
            Assert.Equal($"made for {platform}", image.File("arch"));
        }
        Assert.InRange(pushed.Size, 500, 50_000);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Fixture.Secrets));
        Assert.DoesNotContain(Directory.EnumerateDirectories(Fixture.Work), path => path.Contains("index-"));
    }

    [Fact]
    public async Task The_same_source_makes_the_same_index_again()
    {
        const string Dockerfile = "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /again";
        var first = await PushedIndex(Dockerfile, Fixture.Target("test/same", "1"));
        var second = await PushedIndex(Dockerfile, Fixture.Target("test/same", "2"));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_stage_for_the_building_machine_runs_programs_for_any_platform()
    {
        var target = Fixture.Target("test/cross");
        await PushedIndex(
            $"""
            FROM --platform=$BUILDPLATFORM {Base} AS tools
            ARG TARGETARCH
            RUN echo "compiled for $TARGETARCH" > /out
            FROM scratch
            COPY --from=tools /out /out
            """,
            target
        );
        foreach (var platform in Two)
            Assert.Equal(
                $"compiled for {platform["linux/".Length..]}\n",
                (await PushedIndexes.Image(target, platform)).File("out")
            );
    }

    [Fact]
    public async Task A_stage_for_the_building_machine_takes_its_base_for_that_machine()
    {
        var bases = Fixture.Target("test/bases");
        await PushedIndex("FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch", bases);
        var target = Fixture.Target("test/copied");
        await PushedIndex(
            $"FROM --platform=$BUILDPLATFORM {bases.Reference("1")} AS b\nFROM scratch\nCOPY --from=b /arch /arch",
            target
        );
        foreach (var platform in Two)
            Assert.Equal(
                $"made for {BuildKitEngine.MachinePlatform}",
                (await PushedIndexes.Image(target, platform)).File("arch")
            );
    }

    [Fact]
    public async Task What_fails_on_one_platform_names_it()
    {
        Source.Write("amd64", "here");
        var failure = await RefusedFor("FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch");
        Assert.Equal("build.copy-missing", failure.Code);
        Assert.Equal(
            "For linux/arm64: a COPY or ADD names arm64, which is not in the build directory.",
            failure.Sentence
        );
    }

    [Fact]
    public async Task A_base_behind_a_login_is_taken_for_the_platform_that_is_built()
    {
        await using var tokens = await TestTokenService.Start();
        var roots = Source.Write("roots.pem", tokens.RootCertificates);
        var login = new Asked.Token(tokens.Realm, "registry.test", "test", roots);
        await using var registry = await RegistryHost.Start(new RegistryOptions(login));
        await Fixture.Use([new RegistryReach(registry.Host, PlainHttp: true)]);
        var key = new RegistryKey(registry.Host, "robot", new Secret(TestTokenService.Password))
        {
            Realm = tokens.Realm.AbsoluteUri,
            PlainHttp = true,
        };
        var bases = new PushTarget(registry.Host, "team/base", ["1"]) { PlainHttp = true, Key = key };
        await PushedIndex("FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch", bases);

        var target = Fixture.Target("test/based");
        await PushedIndex($"FROM {bases.Reference("1")}\nCOPY Dockerfile /d", target, [key]);

        foreach (var platform in Two)
            Assert.Equal($"made for {platform}", (await PushedIndexes.Image(target, platform)).File("arch"));

        await PushedIndex(
            $"FROM --platform=$BUILDPLATFORM {bases.Reference("1")} AS b\nFROM scratch\nCOPY --from=b /arch /arch",
            target,
            [key]
        );
        foreach (var platform in Two)
            Assert.Equal(
                $"made for {BuildKitEngine.MachinePlatform}",
                (await PushedIndexes.Image(target, platform)).File("arch")
            );
    }

    private async Task<PushedImage> PushedIndex(
        string dockerfile,
        PushTarget target,
        IReadOnlyList<RegistryKey>? keys = null
    )
    {
        foreach (var platform in Two)
            Source.Write(platform["linux/".Length..], $"made for {platform}");
        Source.Write("Dockerfile", dockerfile);
        var builds = new PlatformBuilds(Fixture.Engine, Write);
        var build = new ImageBuild(Source, "", "Dockerfile") { CacheName = "test/app", Keys = keys ?? [] };
        var built = await builds.Build(build, Two, Cancel);
        Assert.True(built.Ok, $"{built.Failure?.Code} {built.Failure?.Sentence}\n{Log}");
        var pushed = await builds.Push(built.Value, target, Cancel);
        Assert.True(pushed.Ok, $"{pushed.Failure?.Code} {pushed.Failure?.Sentence}\n{Log}");
        return pushed.Value;
    }

    private async Task<Core.Outcomes.Failure> RefusedFor(string dockerfile)
    {
        Source.Write("Dockerfile", dockerfile);
        var build = new ImageBuild(Source, "", "Dockerfile") { CacheName = "test/app" };
        var built = await new PlatformBuilds(Fixture.Engine, Write).Build(build, Two, Cancel);
        Assert.False(built.Ok, "It was built.\n" + Log);
        return built.Failure;
    }
}
