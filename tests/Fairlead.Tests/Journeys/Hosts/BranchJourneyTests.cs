using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Audit;
using Fairlead.Contracts.Connections;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>Branches of a bound repository are compared, made, merged and deleted: by API, CLI and console.</summary>
public sealed class BranchJourneyTests
{
    private const string Code = "connections/code";
    private const string Of = "repository=acme/shop";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_is_made_compared_merged_and_deleted_and_the_log_tells_of_it()
    {
        await using var world = await HostWorld.Make(new ManualClock());
        var first = await world.Work.Write("a", "1").Push("first");
        await world.Work.Tag("v1");
        foreach (var from in new[] { "main", "v1", "refs/tags/v1", first })
        {
            var name = $"made/{from.Replace('/', '-')}";
            var made = await world.Post<BranchInfo>(
                $"{Code}/branches",
                new NewBranch(name, from, HostWorld.Repository)
            );
            Assert.Equal(new BranchInfo(name, first), made);
        }
        var topic = await Topic(world, "made/main", "b/ä new\tfile", "1");
        await world.Work.Write("c", "2").Push("second");

        var found = await Compare(world, "made/main");
        Assert.Equal((1, 1, true, "main"), (found.Ahead, found.Behind, found.Merges, found.Target.Name));
        Assert.Equal([new ChangedPath("b/ä new\tfile", "added")], found.Changes);

        var wish = new BranchMerge("made/main", "main", HostWorld.Repository);
        var merged = await world.Post<MergeInfo>($"{Code}/branch-merges", wish);
        Assert.Equal("pushed", merged.How);
        Assert.Equal(merged.Commit, await At(world, "main"));
        Assert.Equal(
            "Merge branch made/main into main|ada <ada@127.0.0.1>|Fairlead <fairlead@127.0.0.1>",
            await Git(world, "log", "-1", "--format=%s|%an <%ae>|%cn <%ce>", "main")
        );
        Assert.Equal(topic, await At(world, "main^2"));
        var again = await world.Post<MergeInfo>($"{Code}/branch-merges", wish);
        Assert.Equal(merged with { How = "already" }, again);

        using var gone = await world.Server.Administrator.DeleteAsync(
            $"/api/v1/{Code}/branches?{Of}&name=made%2Fmain&commit={topic}",
            Cancel
        );
        Assert.Equal(new BranchInfo("made/main", topic), await gone.Content.ReadFromJsonAsync<BranchInfo>(Cancel));
        Assert.DoesNotContain("refs/heads/made/main\n", await Git(world, "for-each-ref", "--format=%(refname)"));

        var told = (await world.Get<Page<AuditEntry>>("audit?size=50")).Items.Where(one =>
            one.What.StartsWith("branch")
        );
        Assert.Equal(
            ["branch.delete-asked", "branch.merge-asked", .. Enumerable.Repeat("branch.create-asked", 4)],
            told.Select(one => one.What)
        );
        Assert.Empty(Left(world));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_nothing_is_changed()
    {
        await using var world = await HostWorld.Make(new ManualClock());
        using var faces = await Faces.Of(world.Server);
        var merge = new BranchMerge("topic", "main", HostWorld.Repository);
        Assert.Equal("branch.empty", (await faces.Refused($"{Code}/branch-merges", merge, 409)).Code);
        await world.Work.Write("a", "1").Write("dir/b", "1").Push("first");
        await Git(world, "branch", "topic", "main");
        await Topic(world, "topic", "a", "theirs", "dir/b");
        var ours = await world.Work.Write("a", "ours").Write("dir/b", "ours").Push("second");
        var refs = await Refs(world);

        var conflict = await faces.Refused($"{Code}/branch-merges", merge, 409);
        Assert.Equal(("branch.conflict", "a, dir/b"), (conflict.Code, string.Join(", ", conflict.Paths!)));
        string[] line = ["branch", "merge", "code", "topic", "main", "--repository", HostWorld.Repository];
        await faces.FailsInCli(conflict.Title, $"a dir/b {conflict.Remedy}", line);
        var page = $"/{Code}/compare?{Of}&source=topic";
        await faces.ShownOnPage(
            "Both changed the same lines of:",
            "<ul class=\"fl-paths\"><li><code>a</code></li>",
            page
        );

        foreach (var (from, code, status) in NotToStartFrom(await Stray(world)))
            Assert.Equal(code, (await faces.Refused($"{Code}/branches", New("new", from), status)).Code);
        foreach (var (name, code, status) in NotToMake)
            Assert.Equal(code, (await faces.Refused($"{Code}/branches", New(name, "main"), status)).Code);
        foreach (var (source, target, code, status) in NotToMerge)
        {
            var wish = new BranchMerge(source, target, HostWorld.Repository);
            Assert.Equal(code, (await faces.Refused($"{Code}/branch-merges", wish, status)).Code);
        }
        Assert.Equal("branch.default", await Deleted(world, "name=main", 409));
        Assert.Equal("branch.unknown", await Deleted(world, "name=nowhere", 404));
        Assert.Equal("branch.moved", await Deleted(world, $"name=topic&commit={ours}", 409));
        using var asMember = await world.Server.Member.PostAsJsonAsync($"/api/v1/{Code}/branch-merges", merge, Cancel);
        Assert.Equal(403, (int)asMember.StatusCode);
        Assert.Equal(refs, await Refs(world));
        Assert.Empty(Left(world));
    }

    [Fact]
    public async Task A_race_at_the_host_loses_nothing_and_a_protected_branch_is_merged_by_the_host_or_named()
    {
        await using var world = await HostWorld.Make(new ManualClock());
        using var faces = await Faces.Of(world.Server);
        var first = await world.Work.Write("a", "1").Push("first");
        await Git(world, "branch", "topic", "main");
        await Topic(world, "topic", "b", "1");
        var theirs = await world.Work.Write("c", "1").Push("second");
        await Git(world, "update-ref", "refs/heads/main", first);
        var merge = new BranchMerge("topic", "main", HostWorld.Repository);

        // Somebody pushes after we have fetched and before the host takes our push.
        var hook = Path.Combine(Bare(world), "hooks", "pre-receive");
        var race = $"#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/main {theirs}\n";
        await File.WriteAllTextAsync(hook, race, Cancel);
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        Assert.Equal("branch.moved", (await faces.Refused($"{Code}/branch-merges", merge, 409)).Code);
        Assert.Equal(theirs, await At(world, "main"));
        File.Delete(hook);

        await world.Host.Bare.Protect(HostWorld.Repository, "main", "error: GH006: Protected branch update failed");
        world.AtHost.MergesArePrevented = true;
        var problem = await faces.Refused($"{Code}/branch-merges", merge, 409);
        Assert.Equal(("branch.protected", true), (problem.Code, problem.Title.Contains("main")));
        string[] line = ["branch", "merge", "code", "topic", "main", "--repository", HostWorld.Repository];
        await faces.FailsInCli(problem.Title, problem.Remedy, line);
        await faces.RefusedOnPage(problem, $"/{Code}/compare?{Of}&source=topic", "merge");
        world.AtHost.MergesArePrevented = false;
        var merged = await world.Post<MergeInfo>($"{Code}/branch-merges", merge);
        Assert.Equal(("by-host", merged.Commit), (merged.How, await At(world, "main")));
        var told = (await world.Get<Page<AuditEntry>>("audit?size=50")).Items.Where(one =>
            one.What.StartsWith("branch")
        );
        Assert.Equal(5, told.Count(one => one.What == "branch.merge-asked"));
        Assert.Equal(4, told.Count(one => one.What == "branch.merge-refused"));
        Assert.Empty(Left(world));
    }

    private static readonly (string Name, string Code, int Status)[] NotToMake =
    [
        ("--upload-pack=x", "branch.name", 422),
        ("a..b", "branch.name", 422),
        ("topic", "branch.exists", 409),
        ("topic/below", "branch.in-the-way", 409),
    ];

    private static readonly (string Source, string Target, string Code, int Status)[] NotToMerge =
    [
        ("main", "main", "branch.same", 422),
        ("nowhere", "main", "branch.unknown", 404),
        ("topic", "--exec=x", "branch.name", 422),
        ("unrelated", "main", "branch.unrelated", 422),
    ];

    private static IEnumerable<(string From, string Code, int Status)> NotToStartFrom(string stray) =>
        [
            ("nowhere", "branch.from-unknown", 404),
            ("main~1", "branch.from-unknown", 404),
            (stray, "branch.commit-elsewhere", 422),
            (new string('0', 40), "branch.from-unknown", 404),
            (new string('a', 40), "branch.commit-elsewhere", 422),
        ];

    private static NewBranch New(string name, string from) => new(name, from, HostWorld.Repository);

    /// <summary>A commit that the host has and nothing leads to; beside it, a branch of another root.</summary>
    private static async Task<string> Stray(HostWorld world)
    {
        var tree = await Git(world, "rev-parse", "main^{tree}");
        await Git(world, "branch", "unrelated", await Git(world, "commit-tree", tree, "-m", "another root"));
        return await Git(world, "commit-tree", tree, "-m", "of a fork", "-p", "main");
    }

    private static async Task<string> Deleted(HostWorld world, string query, int status)
    {
        using var answer = await world.Server.Administrator.DeleteAsync(
            $"/api/v1/{Code}/branches?{Of}&{query}",
            Cancel
        );
        return (await Faces.Refusal(answer, status)).Code;
    }

    /// <summary>Adds a commit to a branch of the host, beside the clone's own.</summary>
    private static async Task<string> Topic(HostWorld world, string branch, string file, params string[] more)
    {
        await world.Work.Git("fetch", "--quiet", "origin");
        await world.Work.Git("checkout", "--quiet", "-B", "side", $"origin/{branch}");
        world.Work.Write(file, more[0]);
        foreach (var another in more.Skip(1))
            world.Work.Write(another, more[0]);
        await world.Work.Git("add", "--all");
        await world.Work.Git("commit", "--quiet", "--message", "topic");
        await world.Work.Git("push", "--quiet", "origin", $"side:{branch}");
        await world.Work.Git("checkout", "--quiet", "main");
        return await At(world, branch);
    }

    private static Task<BranchDifference> Compare(HostWorld world, string source) =>
        world.Get<BranchDifference>($"{Code}/branch-difference?{Of}&source={Uri.EscapeDataString(source)}");

    private static string Bare(HostWorld world) => world.Host.Bare.PathOf(HostWorld.Repository);

    private static async Task<string> Git(HostWorld world, params string[] arguments) =>
        (await Emulators.Git.Git.Run(Bare(world), arguments)).Trim();

    private static Task<string> At(HostWorld world, string name) => Git(world, "rev-parse", name);

    private static Task<string> Refs(HostWorld world) => Git(world, "show-ref", "main", "topic");

    /// <summary>Scratch repositories that nobody cleared away.</summary>
    private static string[] Left(HostWorld world) =>
        Directory.GetFileSystemEntries(Path.Combine(world.Server.Options.Data, "branches"));
}
