using Fairlead.Emulators.Git;
using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>A commit gets onto disk exactly, quickly the second time, and damage heals by itself.</summary>
public sealed class SourceStepTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_commit_is_checked_out_as_it_is()
    {
        var commit = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("src/a.txt", "one"));
        var tree = await Ok(commit);
        Assert.Equal("one", File.ReadAllText(Path.Combine(tree, "src/a.txt")));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Secrets));
    }

    [Fact]
    public async Task What_a_commit_keeps_elsewhere_is_said_to_be_missing()
    {
        var commit = await _bench.CommitScript(
            """
            echo FROM scratch >Dockerfile
            printf '[submodule "a"]\n\tpath = libs/a\n\turl = ../a\n' >.gitmodules
            git update-index --add --cacheinfo 160000,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,libs/a
            mkdir -p libs/a
            printf '# filter=lfs\n*.txt text\n*.bin filter=lfs diff=lfs -text\n/big/** filter=lfs\n' >.gitattributes
            echo 'a pointer' >model.bin
            """
        );
        await Ok(commit);
        Assert.Equal(
            [
                "Submodules are not fetched, their directories are empty: libs/a.",
                "Files of Git LFS are not fetched, what is built has their pointers: *.bin, /big/**.",
            ],
            _bench.Log[^2..]
        );
    }

    [Fact]
    public async Task A_link_in_place_of_a_file_of_gits_is_not_followed()
    {
        var commit = await _bench.CommitScript(
            "echo FROM scratch >Dockerfile; echo '*.bin filter=lfs' >real; ln -s real .gitattributes"
        );
        await Ok(commit);
        Assert.DoesNotContain(_bench.Log, line => line.Contains("not fetched"));
    }

    /// <summary>First the copy of the repository does not fit the disk, then the files of its commit.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_full_disk_is_said_and_healed_by_room(int megabytes)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        var commit = await _bench.CommitScript(
            "echo FROM scratch >Dockerfile; head -c 2500000 /dev/urandom >one; cp one two; cp one three"
        );
        Directory.CreateDirectory(_bench.Mirrors);
        await Tool.Run("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "small", _bench.Mirrors]);
        try
        {
            Assert.Equal("git.disk-full", (await _bench.Fetch(commit)).Failure?.Code);
            await Tool.Run("mount", ["-o", "remount,size=40m", _bench.Mirrors]);
            Assert.True(File.Exists(Path.Combine(await Ok(commit), "three")));
        }
        finally
        {
            await Tool.Run("umount", ["-l", _bench.Mirrors]);
        }
    }

    [Fact]
    public async Task The_next_commit_fetches_only_what_differs_and_writes_only_that()
    {
        var many = Enumerable.Range(0, 300).Select(i => ($"dir{i % 10}/f{i}.txt", $"text {i}")).ToArray();
        var first = await _bench.Commit([("Dockerfile", "FROM scratch\n"), .. many]);
        var tree = await Ok(first);
        var untouched = Path.Combine(tree, "dir1/f1.txt");
        var written = File.GetLastWriteTimeUtc(untouched);
        File.WriteAllText(Path.Combine(tree, "stray.txt"), "left by somebody");

        many[0].Item2 = "changed";
        var second = await _bench.Commit([("Dockerfile", "FROM scratch\n"), .. many[..^1]]);
        await Ok(second);

        Assert.Equal("changed", File.ReadAllText(Path.Combine(tree, "dir0/f0.txt")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(untouched));
        Assert.False(File.Exists(Path.Combine(tree, "stray.txt")));
        Assert.False(File.Exists(Path.Combine(tree, "dir9/f299.txt")));
        // Two trees, one blob, one commit, and what fsck-able deltas add: far from the 300 files of the first.
        var received = await Git.Run(_bench.Mirror, "count-objects", "-v");
        Assert.InRange(LooseOrPackedSince(received), 1, 330);
    }

    [Fact]
    public async Task A_commit_that_is_here_needs_neither_host_nor_key()
    {
        var commit = await _bench.Commit(("Dockerfile", "FROM scratch\n"));
        await Ok(commit);
        var (leases, fetches) = (_bench.Leases, _bench.Fetches);
        await Ok(commit, slot: 1);
        Assert.Equal((leases, fetches), (_bench.Leases, _bench.Fetches));
    }

    [Fact]
    public async Task A_commit_is_fetched_after_its_branch_moved_on()
    {
        var first = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "1"));
        await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "2"));
        Assert.Equal("1", File.ReadAllText(Path.Combine(await Ok(first), "a")));
    }

    [Fact]
    public async Task A_host_that_gives_no_bare_commits_is_asked_for_the_branch()
    {
        var first = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "1"));
        await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "2"));
        var repository = _bench.Host.Repositories.PathOf("app");
        await Git.Run(repository, "config", "uploadpack.allowAnySHA1InWant", "false");
        await Git.Run(repository, "config", "protocol.version", "0");
        Assert.Equal("1", File.ReadAllText(Path.Combine(await Ok(first), "a")));
    }

    [Fact]
    public async Task Parallel_jobs_of_one_repository_do_not_disturb_each_other()
    {
        var commits = new List<string>();
        for (var i = 0; i < 4; i++)
            commits.Add(await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", $"{i}")));
        var trees = await Task.WhenAll(commits.Select((commit, slot) => Ok(commit, slot)));
        for (var i = 0; i < 4; i++)
            Assert.Equal($"{i}", File.ReadAllText(Path.Combine(trees[i], "a")));
    }

    [Theory]
    [InlineData("objects removed", "rm -rf objects/pack objects/??")]
    [InlineData("pack cut short", "for p in $(find objects -type f | head -3); do chmod u+w $p; echo x >$p; done")]
    [InlineData("no repository at all", "rm -rf HEAD refs objects")]
    [InlineData("locks of a killed git", "touch shallow.lock packed-refs.lock config.lock HEAD.lock")]
    public async Task A_damaged_mirror_is_made_again_once(string damage, string script)
    {
        await Ok(await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "1")));
        await Tool.Run("sh", ["-ec", script], _bench.Mirror);
        var second = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "2"));
        var tree = await Ok(second);
        Assert.True(File.ReadAllText(Path.Combine(tree, "a")) == "2", damage);
    }

    [Fact]
    public async Task Many_fetches_are_packed_into_few_files()
    {
        await Ok(await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "1")));
        // What a hundred fetches would leave: packs of one object each.
        var script =
            "for i in $(seq 60); do echo $i | git hash-object -w --stdin | git pack-objects -q objects/pack/pack; done";
        await Tool.Run("sh", ["-ec", script], _bench.Mirror, Git.Environment);
        var second = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "2"));
        Assert.Equal("2", File.ReadAllText(Path.Combine(await Ok(second), "a")));
        Assert.InRange(Directory.GetFiles(Path.Combine(_bench.Mirror, "objects/pack"), "*.pack").Length, 1, 3);
        await Ok(second, slot: 1);
    }

    [Fact]
    public async Task A_damaged_work_tree_is_made_again()
    {
        var commit = await _bench.Commit(("Dockerfile", "FROM scratch\n"), ("a", "1"));
        var tree = await Ok(commit);
        var repository = Path.Combine(tree, "..", "repository.git");
        File.WriteAllText(Path.Combine(repository, "index"), "rubbish");
        File.WriteAllText(Path.Combine(repository, "index.lock"), "");
        await Ok(commit);
        Assert.Equal("1", File.ReadAllText(Path.Combine(tree, "a")));
    }

    [Fact]
    public async Task A_commit_the_host_does_not_have_is_a_sentence()
    {
        await _bench.Commit(("Dockerfile", "FROM scratch\n"));
        var outcome = await _bench.Fetch(new string('a', 40));
        Assert.Equal("git.commit-gone", outcome.Failure?.Code);
    }

    [Fact]
    public async Task An_empty_repository_is_a_sentence()
    {
        var outcome = await _bench.Fetch(new string('a', 40));
        Assert.StartsWith("git.", outcome.Failure?.Code);
        Assert.NotEqual("git.failed", outcome.Failure?.Code);
    }

    [Fact]
    public async Task A_refused_login_is_a_sentence_and_hides_the_password()
    {
        var commit = await _bench.Commit(("Dockerfile", "FROM scratch\n"));
        _bench.Host.AddUser("ada", "another");
        var outcome = await _bench.Fetch(commit);
        Assert.Equal("git.login-refused", outcome.Failure?.Code);
        Assert.Equal("***", _bench.Mask.Apply(SourceBench.Password));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("--upload-pack=touch /tmp/pwned")]
    public async Task Only_a_full_commit_id_is_a_commit(string commit) =>
        Assert.Equal("source.bad-spec", (await _bench.Fetch(commit)).Failure?.Code);

    private async Task<string> Ok(string commit, int slot = 0)
    {
        var outcome = await _bench.Fetch(commit, slot: slot);
        Assert.True(outcome.Ok, outcome.Failure?.Code + ": " + outcome.Failure?.Sentence);
        return outcome.Value.Root;
    }

    private static int LooseOrPackedSince(string counts) =>
        counts
            .Split('\n')
            .Where(line => line.StartsWith("count:") || line.StartsWith("in-pack:"))
            .Sum(line => int.Parse(line.Split(' ')[1]));
}
