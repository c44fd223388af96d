using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Server.Execution;
using Fairlead.Tests.Contract.CodeHosts.GitLab;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>From a merge request of a fork to an image under the request's own name, in a store of its own.</summary>
public sealed class RequestImageTests
{
    [Fact]
    public async Task A_request_of_a_fork_is_built_apart_and_its_host_is_told()
    {
        await using var stage = await GitLabStage.Start();
        await using var bound = await BoundHost.Make(stage);
        await bound.Bind(
            new RuleInput
            {
                Type = "request",
                Pattern = "main",
                Versions = ["pr-{request}"],
                Forks = true,
            }
        );
        await bound.Hook("registered");
        await bound.Work.Write("Dockerfile", "FROM scratch\nCOPY . /\n").Push("first");

        var (forked, _) = await stage.AddRepository("eve/shop");
        var (url, user, password) = stage.Git(forked);
        using var fork = await WorkCopy.Of(url, user, password);
        var head = await fork.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Push("a stranger's");
        await stage.Requests.Ask(bound.Repository, "main", from: forked);

        var build = await bound.Built(head);
        Assert.True(build.State == "succeeded", build.Failure?.Title);
        var tags = await bound.Api.Get<Page<TagInfo>>("images/demo/app/tags");
        Assert.Equal(("pr-1", build.Digest), (tags.Items.Single().Name, tags.Items.Single().Digest));
        await Eventually.True(
            "the host shows that it succeeded",
            () => stage.Statuses(bound.Repository, head).FirstOrDefault().State == stage.StateWords.Success,
            TimeSpan.FromSeconds(30)
        );
        var engines = Path.Combine(MachinePaths.Of(bound.Server.Options).State, "engines", "slot-0");
        Assert.True(Directory.Exists(Path.Combine(engines, "store-requests")));
        Assert.False(Directory.Exists(Path.Combine(engines, "store")));
    }
}
