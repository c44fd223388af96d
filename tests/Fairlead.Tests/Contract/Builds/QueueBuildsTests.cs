using Fairlead.Core.Builds;
using Fairlead.Core.Sources;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Builds;

/// <summary>What becomes of an event: the right builds, each once.</summary>
public sealed class QueueBuildsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.Start(adjust: QuietServer.NoDispatcher);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_rule_that_matches_builds_and_the_same_event_never_builds_twice()
    {
        var world = await BuildWorld.Make(
            _server,
            BuildWorld.Rule(),
            BuildWorld.Rule("m.*", regex: true),
            BuildWorld.Rule("main", kind: RefKind.Tag)
        );
        Assert.Equal("Builds 1, 2.", await world.Push("refs/heads/main", BuildWorld.Commit(1), "once"));
        Assert.Equal("Builds 1, 2.", await world.Push("refs/heads/main", BuildWorld.Commit(1), "once"));
        Assert.Equal(2, (await world.Builds()).Count);
    }

    [Fact]
    public async Task What_leads_to_no_build_is_told()
    {
        var world = await BuildWorld.Make(_server, BuildWorld.Rule());
        Assert.Equal("No rule matches.", await world.Push("refs/heads/other", BuildWorld.Commit(1)));
        Assert.Equal("The ref was deleted.", await world.Push("refs/heads/main", null));
        Assert.Equal("The ref was deleted.", await world.Push("refs/heads/main", new string('0', 40)));
        Assert.Equal(
            "The pull request is not open any more.",
            await world.Push("refs/pull/1/head", BuildWorld.Commit(1))
        );
        Assert.Equal(
            "Not a branch or tag that can be built.",
            await world.Push("refs/heads/--upload-pack=x", BuildWorld.Commit(1))
        );
        Assert.Empty(await world.Builds());
    }

    [Fact]
    public async Task The_newest_commit_takes_the_place_of_one_that_still_waits()
    {
        var world = await BuildWorld.Make(_server, BuildWorld.Rule("m.*", regex: true));
        await world.Push("refs/heads/main", BuildWorld.Commit(1));
        await world.Push("refs/heads/more", BuildWorld.Commit(2));
        await world.Push("refs/heads/main", BuildWorld.Commit(3));
        Assert.Equal(
            [BuildState.Cancelled, BuildState.Queued, BuildState.Queued],
            (await world.Builds()).Select(build => build.State)
        );
        var old = await world.Build(1);
        Assert.Equal("build.superseded", old.FailureCode);
        Assert.Contains("build 3", old.FailureSentence);
    }

    [Fact]
    public async Task A_build_that_runs_is_left_alone_and_a_switch_keeps_every_commit()
    {
        var every = BuildWorld.Rule();
        every.NewestWins = false;
        var world = await BuildWorld.Make(_server, every, BuildWorld.Rule());
        await world.Push("refs/heads/main", BuildWorld.Commit(1));
        using var runner = await world.StartRunner(2);
        await world.Push("refs/heads/main", BuildWorld.Commit(2));
        Assert.Equal(
            [BuildState.Queued, BuildState.Running, BuildState.Queued, BuildState.Queued],
            (await world.Builds()).Select(build => build.State)
        );
    }

    [Fact]
    public async Task Builds_are_numbered_per_image_without_gaps()
    {
        var rule = BuildWorld.Rule("m.*", regex: true);
        rule.Versions = ["{branch}-{n}"];
        var world = await BuildWorld.Make(_server, rule);
        await world.Push("refs/heads/other", BuildWorld.Commit(1));
        await world.Push("refs/heads/main", BuildWorld.Commit(1));
        await world.Push("refs/heads/more", BuildWorld.Commit(1));
        Assert.Equal(["main-1", "more-2"], (await world.Builds()).Select(build => build.Plan.Versions.Single()));
    }
}
