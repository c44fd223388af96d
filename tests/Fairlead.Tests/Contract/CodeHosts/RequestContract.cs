using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>Which pull requests are open is told as they are: with their heads, and forks by repository id.</summary>
public abstract class RequestContract : CodeHostContract
{
    /// <summary>The password that git pushes with here reads, too.</summary>
    protected virtual bool GitReads => true;

    [Fact]
    public async Task Open_requests_are_listed_with_head_target_and_whether_they_come_from_a_fork()
    {
        var host = Can<IListRequests>();
        var (name, _) = await Stage.AddRepository("acme/shop");
        // The same name under another owner: only the id tells it from the base.
        var (fork, _) = await Stage.AddRepository("eve/shop");
        using var ours = await Copy(name);
        await ours.Write("a", "1").Push("first");
        await ours.Write("a", "2").Git("commit", "--quiet", "--all", "--message", "fix");
        await ours.Git("push", "--quiet", "origin", "HEAD:fix");
        var head = (await ours.Git("rev-parse", "HEAD")).Trim();
        using var theirs = await Copy(fork);
        var strange = await theirs.Write("a", "3").Push("change");
        var book = Stage.Requests!;
        await book.Ask(name, "fix", title: "Mend\u202e it\n");
        await book.Ask(name, "main", from: fork);
        await book.Close(await book.Ask(name, "fix"));

        var refs = Good(await ((Fairlead.Core.Providers.IListRefs)host).ListRefs(Stage.Target, name, null, Cancel));
        var listed = refs.With(await host.ListRequests(Stage.Target, name, Cancel)).Requests!;

        var (own, other) = (listed.Single(one => one.Number == 1), listed.Single(one => one.Number == 2));
        Assert.Equal(2, listed.Count);
        Assert.Equal(
            ("Mend it", "fix", "main", head, false),
            (own.Title, own.Source, own.Target, own.Head, own.FromFork)
        );
        Assert.True(other.FromFork);
        Assert.StartsWith(other.Head, strange);
        if (GitReads)
            await Fetches(name, own);
        if (other.FetchRef is not null)
            await Fetches(name, other);
    }

    [Fact]
    public async Task A_request_that_goes_to_another_branch_is_built_by_the_rules_about_it_at_once()
    {
        Can<IListRequests>();
        await using var bound = await BoundHost.Make(Stage, builds: false);
        await bound.Work.Write("a", "1").Push("first");
        var rule = new RuleInput
        {
            Type = "request",
            Pattern = "release",
            Versions = ["pr-{request}"],
        };
        await bound.Bind(rule);
        await bound.Hook("registered");
        await Eventually.True(
            "what is open is known",
            async () => (await Source(bound)).LookedAt is not null,
            Patience
        );
        await bound.Work.Branch("fix", "change");
        var request = await Stage.Requests!.Ask(bound.Repository, "fix");
        await Eventually.True("it is in the ledger", async () => await Requests(bound) == 1, Patience);
        Assert.Empty(await Builds(bound));

        await Stage.Requests.Retarget(request, "release");
        await Eventually.True("it is built", async () => (await Builds(bound)).Count == 1, Patience);
        Assert.Equal(("refs/pull/1/head", 1), ((await Builds(bound))[0].Ref, await Requests(bound)));
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static async Task<SourceInfo> Source(BoundHost bound) =>
        (await bound.Api.Get<Page<SourceInfo>>("sources")).Items.Single();

    private static async Task<int> Requests(BoundHost bound) =>
        (await bound.Events()).Count(one => one.Kind == "request");

    private static async Task<IReadOnlyList<BuildInfo>> Builds(BoundHost bound) =>
        (await bound.Api.Get<Page<BuildInfo>>("builds")).Items;

    private async Task Fetches(string name, OpenRequest request)
    {
        using var work = await Copy(name);
        Assert.Contains(request.Head, await work.Git("ls-remote", "origin", request.FetchRef!));
    }

    private Task<WorkCopy> Copy(string name)
    {
        var (url, user, password) = Stage.Git(name);
        return WorkCopy.Of(url, user, password);
    }
}
