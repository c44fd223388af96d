using Fairlead.Contracts.Jobs;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>A push that asks for no build ends before anything is built; what cannot be told is built.</summary>
public sealed class TriggerStepTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Only_a_change_of_a_path_of_the_rule_is_built()
    {
        var first = await Commit(("server/a", "1"), ("docs/a", "1"));
        var docs = await Commit(("server/a", "1"), ("docs/a", "2"));
        var server = await Commit(("server/a", "2"), ("docs/a", "2"));
        var gone = await Commit(("docs/a", "2"));
        Assert.Equal($"Skipped: no path of the rule changed since {first[..8]}.", await Skipped(docs, first));
        Assert.Null(await Skipped(server, docs));
        Assert.Contains($"server/a changed since {docs[..8]}.", _bench.Log);
        Assert.Null(await Skipped(server, first));
        Assert.Null(await Skipped(gone, server));
        Assert.NotNull(await Skipped(docs, docs));
    }

    [Fact]
    public async Task What_cannot_be_told_is_built()
    {
        var commit = await Commit(("server/a", "1"));
        Assert.Null(await Skipped(commit, (string?)null));
        Assert.Null(await Skipped(commit, new string('0', 40)));
        Assert.Null(await Skipped(commit, new string('a', 40)));
        Assert.Contains("What changed since aaaaaaaa cannot be told, so it is built.", _bench.Log);
    }

    [Fact]
    public async Task More_changed_files_than_can_be_listed_count_as_all()
    {
        var first = await Commit(("server/a", "1"));
        var many = await _bench.CommitScript(
            """
            echo FROM scratch >Dockerfile
            mkdir server other && echo 1 >server/a
            i=0; while [ $i -lt 10001 ]; do : >other/$i; i=$((i+1)); done
            """
        );
        Assert.Null(await Skipped(many, first));
    }

    [Fact]
    public async Task A_mark_in_the_message_is_heeded_unless_the_build_stands_for_another()
    {
        var commit = await _bench.Host.Repositories.Commit(
            "app",
            new Dictionary<string, string> { ["Dockerfile"] = "FROM scratch\n" },
            message: "Mend a typo [skip build]"
        );
        var skipped = await Skipped(commit, new JobTrigger(true, [], null));
        Assert.Equal("Skipped: the commit's message says [skip build] or [build skip].", skipped);
        Assert.Null(await Skipped(commit, new JobTrigger(false, [], null)));
        Assert.Null(await Skipped(commit, (JobTrigger?)null));
    }

    private Task<string> Commit(params (string, string)[] files) =>
        _bench.Commit([("Dockerfile", "FROM scratch\n"), .. files]);

    private Task<string?> Skipped(string commit, string? since) =>
        Skipped(commit, new JobTrigger(true, ["server"], since));

    /// <summary>Why nothing is built, or null.</summary>
    private async Task<string?> Skipped(string commit, JobTrigger? trigger)
    {
        var fetched = await _bench.Fetch(_bench.Spec(commit) with { Trigger = trigger });
        if (fetched.Ok)
            return null;
        Assert.StartsWith("build.skipped-by-", fetched.Failure.Code);
        return fetched.Failure.Sentence;
    }
}
