using Fairlead.Contracts.Images;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A push that asks for no build gets none, and its host is told so.</summary>
public sealed class TriggerTests
{
    [Fact]
    public async Task A_push_that_touches_no_path_or_asks_for_none_is_skipped_and_the_host_is_told()
    {
        await using var stage = await GitHubStage.Start();
        await using var bound = await BoundHost.Make(stage);
        await bound.Bind(
            new RuleInput
            {
                Pattern = "main",
                Versions = ["{branch}"],
                Paths = ["Dockerfile"],
            }
        );
        await bound.Hook("registered");
        var first = await bound.Work.Write("Dockerfile", "FROM scratch\nCOPY . /\n").Push("first");
        Assert.Equal("succeeded", (await bound.Built(first)).State);

        var docs = await bound.Work.Write("docs", "a").Push("docs");
        var skipped = await bound.Built(docs);
        Assert.Equal(("skipped", null), (skipped.State, skipped.Digest));
        Assert.Equal($"Skipped: no path of the rule changed since {first[..8]}.", skipped.Failure!.Title);
        await Eventually.True(
            "the host is told",
            () => stage.Statuses(bound.Repository, docs).FirstOrDefault().State == "success",
            TimeSpan.FromSeconds(30)
        );

        var marked = await bound.Work.Write("Dockerfile", "FROM scratch\n").Push("no need [skip build]");
        Assert.Equal("build.skipped-by-message", (await bound.Built(marked)).Failure!.Code);
        var last = await bound.Work.Write("Dockerfile", "FROM scratch\nCOPY docs /\n").Push("a change that matters");
        Assert.Equal("succeeded", (await bound.Built(last)).State);
    }
}
