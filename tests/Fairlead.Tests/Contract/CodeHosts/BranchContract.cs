using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Programs.Git.Branches;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>Branches are changed by git with the key that the host gives for it, as far as its rules let us.</summary>
public abstract class BranchContract : CodeHostContract
{
    private static readonly GitRef Main = GitRef.Branch("main")!;
    private static readonly GitRef Topic = GitRef.Branch("topic/one")!;
    private static readonly CommitIdentity Ada = new(new("Ada", "ada@here.example"), new("Fairlead", "f@here.example"));

    private readonly TempDir _scratch = new();
    private readonly GitProgram _git = new(new ProgramRunner(TimeProvider.System));

    [Fact]
    public async Task A_branch_is_made_merged_and_deleted_and_a_protected_one_is_not()
    {
        var writer = Can<IWriteWithGit>();
        var (name, work) = await Filled();
        using var _ = work;
        var credential = Good(await writer.MintWriteCredential(Stage.Writer, name, Cancel));
        var made = GitRef.Branch("made/here")!;
        var topic = CommitSha.Parse((await work.Git("rev-parse", "topic")).Trim());
        await With(name, credential, branches => Made(branches, made, topic));
        await With(name, credential, branches => Changed(branches, work, made, topic));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch));

        await Stage.Protect(name, "main");
        var refused = await With(name, credential, branches => Merge(branches, Topic));
        Assert.Equal(("branch.protected", true), (refused.Failure?.Code, refused.Failure?.Sentence.Contains("main")));
    }

    [Fact]
    public async Task A_credential_that_only_reads_is_said_to_only_read()
    {
        var writer = Can<IWriteWithGit>();
        if (Stage.Reader is not { } narrow)
        {
            Assert.Skip($"{Stage.Provider.Title} has no such credential.");
            return;
        }
        var (name, work) = await Filled();
        using var _ = work;
        var minted = await writer.MintWriteCredential(narrow, name, Cancel);
        // A host that mints keys does not mint this one; the others find out when we push.
        var failure = minted.Try(out var credential, out var unminted)
            ? Bad(await With(name, credential, branches => Merge(branches, Topic)))
            : unminted;
        Assert.Contains(failure.Code, new[] { "branch.read-only", "host.not-allowed", "github.not-granted" });
        Assert.NotNull(failure.Remedy);
    }

    [Fact]
    public async Task What_may_not_be_pushed_is_merged_by_the_host_and_no_request_is_left()
    {
        var host = Can<IMergeAtHost>();
        var (name, work) = await Filled();
        using var _ = work;
        var topic = CommitSha.Parse((await work.Git("rev-parse", "topic")).Trim());
        await Stage.Protect(name, "main");
        var wish = new MergeWish(Topic, topic, Main, "Merge what was looked at");
        var merged = Good(await host.MergeAtHost(Stage.Target, name, wish, Cancel));
        await work.Git("fetch", "--quiet", "origin");
        Assert.Equal(merged.Value, (await work.Git("rev-parse", "origin/main")).Trim());
        Assert.Equal(topic.Value, (await work.Git("rev-parse", "origin/main^2")).Trim());
        Assert.Contains("Merge what was looked at", await work.Git("log", "-1", "--format=%B", "origin/main"));

        Stage.PreventMerges(name);
        await work.Git("checkout", "--quiet", "topic");
        work.Write("later", "2");
        await work.Git("add", "--all");
        await work.Git("commit", "--quiet", "--message", "later");
        await work.Git("push", "--quiet", "origin", "topic:topic/one");
        var later = CommitSha.Parse((await work.Git("rev-parse", "topic")).Trim());
        Bad(await host.MergeAtHost(Stage.Target, name, wish with { At = later }, Cancel));
        Assert.Equal(0, Stage.OpenRequests(name));
    }

    private static async Task<Outcome<Done>> Made(BranchWork branches, GitRef made, CommitSha topic)
    {
        Assert.True(Good(await branches.Leads(topic, Cancel)));
        Assert.False(Good(await branches.Leads(CommitSha.Parse(new string('a', 40)), Cancel)));
        return Good(await branches.Push(made, null, topic, Cancel));
    }

    private static async Task<Outcome<Done>> Changed(BranchWork branches, WorkCopy work, GitRef made, CommitSha topic)
    {
        // Main is not what we believe it to be: nothing is overwritten.
        await branches.Fetch(made, Main, Cancel);
        Assert.Equal("branch.moved", Bad(await branches.Push(Main, topic, topic, Cancel)).Code);
        Good(await Merge(branches, made));
        await work.Git("fetch", "--quiet", "origin");
        Assert.Equal(topic.Value, (await work.Git("rev-parse", "origin/main^2")).Trim());
        Assert.Equal(
            "Ada <ada@here.example> by Fairlead",
            (await work.Git("log", "-1", "--format=%an <%ae> by %cn", "origin/main")).Trim()
        );
        Good(await branches.Push(made, topic, null, Cancel));
        Assert.DoesNotContain(made.Full, await work.Git("ls-remote", "origin"));
        // Another commit for what follows.
        await work.Git("checkout", "--quiet", "topic");
        work.Write("again", "1");
        await work.Git("add", "--all");
        await work.Git("commit", "--quiet", "--message", "again");
        await work.Git("push", "--quiet", "origin", "topic:topic/one");
        return Done.It;
    }

    private static async Task<Outcome<Done>> Merge(BranchWork branches, GitRef source)
    {
        var two = Good(await branches.Fetch(source, Main, Cancel));
        var commit = Good(await branches.Merged(two, Ada, "Merge", Cancel));
        return await branches.Push(Main, two.TargetAt, commit, Cancel);
    }

    /// <summary>A repository with <c>main</c> and <c>topic/one</c>, which the clone calls <c>topic</c>.</summary>
    private async Task<(string Name, WorkCopy Work)> Filled()
    {
        var (name, _) = await Stage.AddRepository("acme/shop");
        var (url, user, password) = Stage.Git(name);
        var work = await WorkCopy.Of(url, user, password);
        await work.Write("a", "1").Push("first");
        await work.Git("checkout", "--quiet", "-b", "topic");
        work.Write("b", "1");
        await work.Git("add", "--all");
        await work.Git("commit", "--quiet", "--message", "topic");
        await work.Git("checkout", "--quiet", "main");
        await work.Write("c", "1").Push("second");
        await work.Git("push", "--quiet", "origin", "topic:topic/one");
        return (name, work);
    }

    private async Task<Outcome<T>> With<T>(
        string name,
        GitCredential credential,
        Func<BranchWork, Task<Outcome<T>>> act
    )
    {
        var address = Good(Can<ICodeHost>().Locate(Stage.Target, name));
        var remote = new GitRemote(address, credential, "127.0.0.1");
        using var scratch = Good(await ScratchRepository.Make(_git, _scratch, Cancel));
        return await act(new BranchWork(scratch, remote));
    }
}
