using Fairlead.Contracts;
using Fairlead.Contracts.Audit;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>What people do to a repository that is bound: its host's id says which it is, whatever its name.</summary>
public sealed class MovedRepositoryTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private HostWorld _world = null!;
    private GitHubRepository _one = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await HostWorld.Make(new ManualClock());
        await _world.Bind();
        await _world.Hook("registered");
        _one = _world.AtHost;
        await Push("first");
        await Eventually.True("it is heard", async () => (await _world.Events()).Count == 1, Patience);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_new_name_is_followed_by_delivery_and_by_look_and_written_down()
    {
        _world.Host.Rename(_one, "store");
        await _world.Work.Git("remote", "set-url", "origin", _world.Host.UrlOf("acme/store").AbsoluteUri);
        await Push("heard by the hook");
        await Named("acme/store");
        await Eventually.True("the push is heard", async () => (await _world.Events()).Count == 2, Patience);

        _world.Host.Rename(_one, "store", owner: "globex");
        await Look();
        await Named("globex/store");
        var image = await _world.Get<ImageInfo>("images/demo/app");
        Assert.Equal("globex/store", image.Source!.Repository);
        var audit = await _world.Get<Page<AuditEntry>>("audit");
        Assert.Equal(
            ["acme/store is globex/store now.", "acme/shop is acme/store now."],
            audit.Items.Where(entry => entry.What == "source.renamed").Select(entry => entry.Detail)
        );
    }

    [Fact]
    public async Task A_name_that_is_somebody_elses_by_now_builds_nothing()
    {
        _world.Host.Rename(_one, "elsewhere");
        var stranger = await _world.Host.AddRepository(HostWorld.Repository);
        Assert.NotEqual(_one.Id, stranger.Id);
        var theirs = _world.Host.Bare;
        await theirs.Commit(HostWorld.Repository, new Dictionary<string, string> { ["a"] = "a stranger's code" });
        await Look();
        var source = await Failed();
        Assert.Equal("acme/shop is another repository by now than the one that was bound.", source.LookFailure);
        Assert.Single(await _world.Events());
    }

    [Fact]
    public async Task One_that_is_deleted_or_out_of_reach_says_so_and_its_branches_are_not_gone()
    {
        _world.Host.Delete(_one);
        await Look();
        Assert.NotEmpty((await Failed()).LookFailure!);
        Assert.Single(await _world.Events());
    }

    [Fact]
    public async Task One_made_private_or_with_another_default_branch_goes_on()
    {
        _one.IsPrivate = true;
        await _world.Work.Git("push", "--quiet", "origin", "HEAD:refs/heads/develop");
        await Eventually.True("the branch is heard", async () => (await _world.Events()).Count == 2, Patience);
        await Fairlead.Emulators.Git.Git.Run(
            _world.Host.Bare.PathOf(_one.FullName),
            "symbolic-ref",
            "HEAD",
            "refs/heads/develop"
        );
        _one.DefaultBranch = "develop";
        var refs = await _world.Get<RefsInfo>($"connections/code/refs?repository={HostWorld.Repository}");
        Assert.Equal("develop", refs.DefaultBranch);
        await Look();
        Assert.Null((await Source()).LookFailure);
        Assert.Equal(2, (await _world.Events()).Count);
    }

    private Task Push(string message) => _world.Work.Write("a", message).Push(message);

    private async Task Look()
    {
        var looked = (await Source()).Looks;
        await _world.Post<ReplayResult>($"sources/{(await Source()).Id}/look", new { });
        await Eventually.True(
            "it was looked at",
            async () => await Source() is var now && (now.Looks > looked || now.LookFailure is not null),
            Patience
        );
    }

    private async Task<SourceInfo> Source() => (await _world.Get<Page<SourceInfo>>("sources")).Items.Single();

    private Task<SourceInfo> Failed() =>
        Eventually.Value(
            "the look failed",
            async () => await Source() is { LookFailure: not null } failed ? failed : null,
            Patience
        );

    private Task Named(string name) =>
        Eventually.True($"it is {name}", async () => (await Source()).Repository == name, Patience);
}
