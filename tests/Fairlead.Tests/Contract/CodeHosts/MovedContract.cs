using Fairlead.Contracts;
using Fairlead.Contracts.Audit;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>
/// What people do to a repository that is bound: its host's id says which it is, whatever its name, and where it is out
/// of reach a sentence says why that may be.
/// </summary>
public abstract class MovedContract : CodeHostContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_new_name_is_followed_by_delivery_and_by_look_and_written_down()
    {
        await using var bound = await Bound();
        var renamed = Stage.Rename(bound.Repository, "store");
        await bound.Work.Git("remote", "set-url", "origin", Stage.Git(renamed).Url.AbsoluteUri);
        await bound.Work.Write("a", "second").Push("heard by the hook");
        await Named(bound, renamed);
        await Eventually.True("the push is heard", async () => (await bound.Events()).Count == 2, Patience);
        Assert.All(await bound.Events(), one => Assert.Equal("hook", one.HeardBy));

        var last = Stage.Transfer(renamed) ?? Stage.Rename(renamed, "storehouse");
        if (Stage.GitLeadsOn)
        {
            await bound.Work.Git("remote", "set-url", "origin", Stage.Git(last).Url.AbsoluteUri);
            await bound.Work.Write("a", "third").Push("third");
        }
        await Look(bound);
        await Named(bound, last);
        var image = await bound.Api.Get<ImageInfo>("images/demo/app");
        Assert.Equal(last, image.Source!.Repository);
        var audit = await bound.Api.Get<Page<AuditEntry>>("audit");
        Assert.Equal(
            [$"{renamed} is {last} now.", $"{bound.Repository} is {renamed} now."],
            audit.Items.Where(entry => entry.What == "source.renamed").Select(entry => entry.Detail)
        );
    }

    [Fact]
    public async Task A_name_that_is_somebody_elses_by_now_builds_nothing()
    {
        await using var bound = await Bound();
        var renamed = Stage.Rename(bound.Repository, "elsewhere");
        await Stage.AddRepository("acme/shop");
        var (url, user, password) = Stage.Git(bound.Repository);
        using var theirs = await WorkCopy.Of(url, user, password);
        var strange = await theirs.Write("a", "a stranger's code").Push("theirs");
        await Look(bound);
        if (Stage.Provider is IFindById)
            await Named(bound, renamed);
        else
            Assert.Equal(
                $"{bound.Repository} is another repository by now than the one that was bound.",
                (await Failed(bound)).LookFailure
            );
        Assert.NotEqual(strange, Assert.Single(await bound.Events()).After);
    }

    [Fact]
    public async Task One_that_is_deleted_says_so_and_its_branches_are_not_gone()
    {
        await using var bound = await Bound();
        Stage.Delete(bound.Repository);
        await Look(bound);
        Assert.Contains("has no such repository", (await Failed(bound)).LookFailure);
        Assert.Single(await bound.Events());
    }

    [Fact]
    public async Task One_made_private_says_that_it_may_be_and_goes_on_once_its_login_is_let_in()
    {
        await using var bound = await Bound();
        var letIn = Stage.Hide(bound.Repository);
        await Look(bound);
        Assert.Contains("private", (await Failed(bound)).LookFailure);
        var asked = Bad(await Can<IListRepositories>().FindRepository(Stage.Target, bound.Repository, Cancel));
        Assert.Contains(asked.Code, new[] { "host.not-found", "host.not-allowed" });
        Assert.Matches("made private|repository read", asked.Remedy);
        Assert.Single(await bound.Events());

        letIn();
        await bound.Work.Write("a", "second").Push("second");
        await Look(bound);
        await Eventually.True("it goes on", async () => (await Source(bound)).LookFailure is null, Patience);
        Assert.Equal(2, (await bound.Events()).Count);
    }

    [Fact]
    public async Task One_with_another_default_branch_goes_on()
    {
        await using var bound = await Bound();
        await bound.Work.Git("push", "--quiet", "origin", "HEAD:refs/heads/develop");
        await Eventually.True("the branch is heard", async () => (await bound.Events()).Count == 2, Patience);
        await Stage.UseDefault(bound.Repository, "develop");
        var name = Uri.EscapeDataString(bound.Repository);
        Assert.Equal(
            "develop",
            (await bound.Api.Get<RefsInfo>($"connections/code/refs?repository={name}")).DefaultBranch
        );
        await Look(bound);
        Assert.Null((await Source(bound)).LookFailure);
        Assert.Equal(2, (await bound.Events()).Count);
    }

    /// <summary>A source whose hook is registered, and one push of which was heard.</summary>
    private async Task<BoundHost> Bound()
    {
        Can<IListRepositories>();
        var bound = await BoundHost.Make(Stage, builds: false);
        await bound.Bind();
        await bound.Hook("registered");
        await bound.Work.Write("a", "first").Push("first");
        await Eventually.True("it is heard", async () => (await bound.Events()).Count == 1, Patience);
        return bound;
    }

    private static async Task Look(BoundHost bound)
    {
        var before = await Source(bound);
        await bound.Api.Post<ReplayResult>($"sources/{before.Id}/look", new { });
        await Eventually.True(
            "it was looked at",
            async () => await Source(bound) is var now && (now.Looks > before.Looks || now.LookFailure is not null),
            Patience
        );
    }

    private static async Task<SourceInfo> Source(BoundHost bound) =>
        (await bound.Api.Get<Page<SourceInfo>>("sources")).Items.Single();

    private static Task<SourceInfo> Failed(BoundHost bound) =>
        Eventually.Value(
            "the look failed",
            async () => await Source(bound) is { LookFailure: not null } failed ? failed : null,
            Patience
        );

    private static Task Named(BoundHost bound, string name) =>
        Eventually.True($"it is {name}", async () => (await Source(bound)).Repository == name, Patience);
}
