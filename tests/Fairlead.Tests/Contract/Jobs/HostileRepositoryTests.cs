namespace Fairlead.Tests.Contract.Jobs;

/// <summary>
/// What a person who can push may put into a repository neither leads out of it nor runs anything here.
/// </summary>
public sealed class HostileRepositoryTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("ln -s /etc/passwd Dockerfile", "/", "Dockerfile", "source.outside", "dockerfile")]
    [InlineData("ln -s ../../../etc/passwd Dockerfile", "/", "Dockerfile", "source.outside", "dockerfile")]
    [InlineData("ln -s /etc ctx", "/ctx", "passwd", "source.outside", "directory")]
    [InlineData("ln -s .. ctx", "/ctx", "Dockerfile", "source.outside", "directory")]
    [InlineData("mkdir ctx; ln -s ../../x ctx/up; touch ctx/f", "/ctx/up", "Dockerfile", "source.outside", "directory")]
    [InlineData(
        "mkdir ctx; echo FROM x >D; ln -s ../D ctx/Dockerfile",
        "/ctx",
        "Dockerfile",
        "source.outside",
        "dockerfile"
    )]
    [InlineData("ln -s loop loop", "/", "loop", "source.outside", "dockerfile")]
    [InlineData("touch Dockerfile", "/..", "Dockerfile", "source.outside", "directory")]
    [InlineData("touch Dockerfile", "/a/../..", "Dockerfile", "source.no-directory", "directory")]
    [InlineData("touch Dockerfile", "/", "../Dockerfile", "source.outside", "dockerfile")]
    [InlineData("touch Dockerfile", "/", "/etc/passwd", "source.outside", "dockerfile")]
    [InlineData("touch Dockerfile", "/a\nb", "Dockerfile", "source.bad-path", "directory")]
    [InlineData("touch Dockerfile", "/", "--output=x", "source.no-dockerfile", "dockerfile")]
    [InlineData("touch Dockerfile", "/:(top)", "Dockerfile", "source.no-directory", "directory")]
    [InlineData("touch Dockerfile", "/Dockerfile", "Dockerfile", "source.not-a-directory", "directory")]
    [InlineData("mkdir Dockerfile; touch Dockerfile/x", "/", "Dockerfile", "source.not-a-file", "dockerfile")]
    [InlineData("touch Other", "/", "Dockerfile", "source.no-dockerfile", "dockerfile")]
    [InlineData("touch Dockerfile", "/server", "Dockerfile", "source.no-directory", "directory")]
    public async Task A_path_that_leads_away_is_one_sentence_with_its_field(
        string script,
        string directory,
        string dockerfile,
        string code,
        string field
    )
    {
        var outcome = await _bench.Fetch(await _bench.CommitScript(script), directory, dockerfile);
        Assert.Equal((code, field), (outcome.Failure?.Code, outcome.Failure?.Field));
        Assert.DoesNotContain('\n', outcome.Failure!.Sentence);
    }

    [Fact]
    public async Task A_missing_dockerfile_names_what_is_there()
    {
        var commit = await _bench.CommitScript("touch Containerfile README.md");
        var sentence = (await _bench.Fetch(commit)).Failure?.Sentence;
        Assert.Contains("Containerfile, README.md", sentence);
    }

    [Fact]
    public async Task Links_that_stay_inside_are_followed_and_stay_links()
    {
        var commit = await _bench.CommitScript(
            "mkdir -p docker/prod; echo FROM scratch >docker/prod/Dockerfile; ln -s docker/prod ctx; "
                + "ln -s Dockerfile docker/prod/Alias; ln -s /etc/passwd docker/prod/data"
        );
        var outcome = await _bench.Fetch(commit, "/ctx", "Alias");
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
        Assert.Equal(
            ("docker/prod", "Dockerfile"),
            (outcome.Value.Context.Directory, outcome.Value.Context.Dockerfile)
        );
        var link = new FileInfo(Path.Combine(outcome.Value.Root, "docker/prod/data"));
        Assert.Equal("/etc/passwd", link.LinkTarget);
    }

    [Fact]
    public async Task Nothing_of_the_repository_runs_here()
    {
        var marker = Path.Combine(Path.GetTempPath(), $"fairlead-marker-{Guid.NewGuid():N}");
        var commit = await _bench.CommitScript(
            $"""
            touch Dockerfile; mkdir -p .git-hooks hooks
            for h in post-checkout pre-commit post-merge fsmonitor; do
              printf '#!/bin/sh\ntouch {marker}\n' >hooks/$h; chmod +x hooks/$h; cp hooks/$h .git-hooks/
            done
            printf '* filter=evil diff=evil merge=evil\n*.bin filter=lfs diff=lfs merge=lfs -text\n' >.gitattributes
            printf '[lfs]\n url = http://127.0.0.1:9/trap\n' >.lfsconfig
            printf '[core]\n fsmonitor = touch {marker}\n hooksPath = hooks\n' >.gitconfig
            printf '[filter "evil"]\n smudge = touch {marker}\n' >>.gitconfig
            printf 'version https://lfs.example/spec/v1\noid sha256:%064d\nsize 9\n' 0 >a.bin
            """
        );
        var outcome = await _bench.Fetch(commit);
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
        Assert.False(File.Exists(marker));
        Assert.StartsWith("version https://lfs", File.ReadAllText(Path.Combine(outcome.Value.Root, "a.bin")));
    }

    [Fact]
    public async Task Submodules_are_left_alone_and_hostile_ones_refused()
    {
        var plain = await _bench.CommitScript(
            "touch Dockerfile; printf '[submodule \"x\"]\\n path = x\\n url = http://127.0.0.1:9/x\\n' >.gitmodules"
        );
        Assert.True((await _bench.Fetch(plain)).Ok);
        var hostile = await _bench.CommitScript(
            "touch Dockerfile; printf '[submodule \"x\"]\\n path = x\\n url = -u./pwn\\n' >.gitmodules"
        );
        Assert.Equal("git.hostile-objects", (await _bench.Fetch(hostile)).Failure?.Code);
    }

    [Fact]
    public async Task Odd_and_long_names_are_only_names()
    {
        var commit = await _bench.CommitScript(
            """
            touch Dockerfile; touch -- '-rf' '--help' '$(id)' '`id`' 'a;b' ' '
            touch -- "$(printf 'new\nline')" "$(printf '\033[2J')"
            d=$(printf '%0200d' 0); mkdir -p $d/$d/$d; touch $d/$d/$d/f
            """
        );
        var outcome = await _bench.Fetch(commit);
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
        Assert.True(File.Exists(Path.Combine(outcome.Value.Root, "--help")));
        var missing = await _bench.Fetch(commit, dockerfile: "Nope");
        Assert.DoesNotContain('\e', missing.Failure!.Sentence);
    }
}
