using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Providers;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>
/// From a token to an image whose status stands at the host, and back to nothing of ours there: the same way at every
/// host, which adds one subclass.
/// </summary>
public abstract class HostJourney : CodeHostContract
{
    [Fact]
    public async Task A_host_is_bound_heard_built_from_told_and_left_without_a_trace()
    {
        // The build clones with what it gets for the purpose.
        Can<IMintGitCredential>();
        await using var bound = await BoundHost.Make(Stage);
        var view = await bound.Api.Post<ConnectionView>("connections/code/verify", new { });
        Assert.Equal(("trusted", Stage.Identity), (view.Verdict.Kind, view.Verdict.Identity));
        var found = await bound.Api.Get<Page<RepositoryInfo>>("connections/code/repositories?q=SHO");
        Assert.Equal(bound.Repository, Assert.Single(found.Items).Name);

        await bound.Bind();
        await bound.Hook("registered");
        Assert.Equal(1, Stage.Hooks(bound.Repository));

        var commit = await bound.Work.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Push("first");
        var build = await bound.Built(commit);
        Assert.True(build.State == "succeeded", build.Failure?.Title);
        Assert.Equal("hook", Assert.Single(await bound.Events()).HeardBy);
        Assert.All(Stage.Answers(bound.Repository), status => Assert.Equal(202, status));

        await Eventually.True(
            "the host shows that it succeeded",
            () => Shown(bound, commit).FirstOrDefault().State == Stage.StateWords.Success,
            TimeSpan.FromSeconds(30)
        );
        var last = Shown(bound, commit)[0];
        Assert.Equal("fairlead/demo/app", last.Context);
        Assert.Equal($"{bound.Server.Options.BaseUrl}/builds/{build.Id}", last.Link);

        await bound.Unbind();
        await Eventually.True("no hook is left", () => Stage.Hooks(bound.Repository) == 0, TimeSpan.FromSeconds(30));
    }

    private IReadOnlyList<(string Context, string State, string? Link)> Shown(BoundHost bound, string commit) =>
        Stage.Statuses(bound.Repository, commit);
}
