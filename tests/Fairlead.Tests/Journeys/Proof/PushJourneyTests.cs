using Fairlead.Contracts.Builds;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Proof;

/// <summary>What became of each push of the journey.</summary>
[Collection("proof")]
public sealed class PushJourneyTests(PushJourney journey)
{
    [Fact]
    public async Task A_push_becomes_an_image_that_an_independent_client_finds_by_the_same_digest()
    {
        var build = journey.First;
        Assert.True(build.State == "succeeded", await Explain(build));
        Assert.Equal(("event", 2), (build.Reason, build.References.Count));
        Assert.Equal(build.Digest, await Digest(build.References[1]));
    }

    [Fact]
    public async Task A_push_that_leaves_the_tree_as_it_is_tags_again_builds_nothing_and_says_so()
    {
        var again = journey.Unchanged;
        Assert.True(again.State == "succeeded", await Explain(again));
        Assert.NotEqual(journey.First.Commit, again.Commit);
        Assert.Equal((journey.First.Id, journey.First.Digest), (again.ReusedBuild, again.Digest));
        Assert.False(again.DurationsMs.ContainsKey("build"), "There was a build phase.");
        Assert.Contains("Nothing that decides the image has changed", await journey.Server.BuildLog(again.Id));
        Assert.Equal(again.Digest, await Digest(again.References[1]));
    }

    [Fact]
    public async Task A_build_outlives_a_kill_of_the_server_and_is_recorded()
    {
        var build = journey.Killed;
        var log = await journey.Server.BuildLog(build.Id);
        Assert.True(build.State == "succeeded", await Explain(build));
        Assert.Equal(1, build.Attempt);
        Assert.True(await journey.Says(build, "it went on"), log);
        Assert.Equal(build.Digest, await Digest(build.References[0]));
    }

    [Fact]
    public async Task A_registry_behind_a_connection_gets_the_image_too() =>
        Assert.True(journey.Outside.State == "succeeded", await Explain(journey.Outside));

    [Fact]
    public void What_cannot_be_built_says_where_and_why()
    {
        Failed(journey.FailingStep, "build", "build.step-failed", "ended with exit code 3.");
        Failed(journey.SyntaxError, "build", "build.dockerfile-syntax", "The Dockerfile is wrong at line 4");
        Failed(journey.NoDockerfile, "source", "source.no-dockerfile", "has no file Dockerfile; its directory has");
    }

    private static void Failed(BuildInfo build, string phase, string code, string sentence)
    {
        Assert.Equal(("failed", phase, code), (build.State, build.Phase, build.Failure?.Code));
        Assert.Contains(sentence, build.Failure!.Title);
    }

    private Task<string> Digest(string reference) => Pulled.Digest(reference, Login);

    private string Login => Pulled.Login(journey.Server.Registry, ProofServer.Person, journey.Server.Token);

    private async Task<string> Explain(BuildInfo build) =>
        $"{build.State}: {build.Failure?.Title}\n{await journey.Server.BuildLog(build.Id)}";
}

[CollectionDefinition("proof")]
public sealed class ProofCollection : ICollectionFixture<PushJourney>;
