using Fairlead.Core.Secrets;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>What a person who writes a Dockerfile counts on.</summary>
public abstract class BuildContract(EngineFixture fixture) : EngineContract(fixture)
{
    [Fact]
    public async Task A_stage_takes_files_and_arguments_from_another()
    {
        Source.Write("hello.txt", "from the repository");
        await Built(
            $"""
            FROM {Base} AS first
            ARG WORD=none
            COPY hello.txt /hello.txt
            RUN echo "$WORD $(cat /hello.txt)" > /out.txt
            FROM {Base}
            COPY --from=first /out.txt /
            RUN cat /out.txt
            """,
            build => build with { Arguments = new Dictionary<string, string> { ["WORD"] = "said with = and spaces" } }
        );
        Assert.Contains("said with = and spaces from the repository", Log);
    }

    [Fact]
    public async Task The_directory_and_the_Dockerfile_may_have_other_names()
    {
        Source.Write("app/ci/Build.file", $"FROM {Base}\nCOPY here.txt /\nRUN cat /here.txt");
        Source.Write("app/here.txt", "inside app");
        await Built("", build => build with { Directory = "app", Dockerfile = "ci/Build.file" });
        Assert.Contains("inside app", Log);
    }

    [Fact]
    public async Task An_unchanged_step_is_taken_from_the_cache_unless_told_not_to()
    {
        var dockerfile = $"FROM {Base}\nRUN cat /proc/uptime > /stamp; echo it ran";
        var first = await Built(dockerfile);
        Assert.Contains("it ran", Log[Log.IndexOf("RUN", StringComparison.Ordinal)..].Split('\n', 2)[1]);
        Assert.Equal(first.Id, (await Built(dockerfile)).Id);
        var again = await Built(dockerfile, build => build with { NoCache = true });
        Assert.NotEqual(first.Id, again.Id);
    }

    [Fact]
    public async Task A_cache_mount_is_kept_for_its_image_and_hidden_from_others()
    {
        const string Mount = "RUN --mount=type=cache,target=/c";
        await Built($"FROM {Base}\n{Mount} echo kept-by-a > /c/file");
        await Built($"FROM {Base}\n{Mount} echo content: $(cat /c/file)");
        Assert.Contains("content: kept-by-a", Log);
        await Built(
            $"FROM {Base}\n{Mount} echo content again: $(cat /c/file 2>&1)",
            build => build with { CacheName = "test/other" }
        );
        Assert.DoesNotContain("content again: kept-by-a", Log);
    }

    [Fact]
    public async Task A_secret_is_there_while_its_step_runs_and_nowhere_after()
    {
        var secret = $"canary-{Guid.NewGuid():N}";
        var image = await Built(
            $"""
            FROM {Base}
            RUN --mount=type=secret,id=key test "$(cat /run/secrets/key)" = {secret[..^4]}$(echo {secret[^4..]})
            RUN test ! -s /run/secrets/key
            """,
            build => build with { Secrets = new Dictionary<string, Secret> { ["key"] = new(secret) } }
        );
        await Pushed(image, Fixture.Target("test/secret"));
        Assert.Equal([], await PushedContent.FilesWith(Fixture.Target("test/secret"), secret));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Fixture.Secrets));
    }
}
