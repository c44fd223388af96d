using Fairlead.Core.Providers;
using Fairlead.Server.Leases;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>
/// From nothing to an image whose status stands at the host, and back to nothing of ours there, by a real browser: the
/// same at every host and for every way to authorise, each of which adds one subclass.
/// </summary>
public abstract class HostJourney(Chromium chromium) : CodeHostContract
{
    /// <summary>Binds the host as the connection <c>code</c>; the browser is on the connection's page then.</summary>
    private protected virtual Task Bind(Walk walk) => walk.Paste(Stage);

    [Fact]
    public async Task A_host_is_bound_heard_built_from_told_and_left_without_a_trace()
    {
        // The build clones by what is meant for it, and with nothing that opens more.
        Can<IMintGitCredential>();
        await using var bound = await BoundHost.Make(Stage, connect: false);
        await using var tab = await Tab.Open(chromium, bound.Server, "ada");
        var walk = new Walk(tab.Page);
        await Bind(walk);
        await walk.See("Trusted");
        await walk.See(Stage.Identity);
        var connection = new Uri(tab.Page.Url).AbsolutePath;

        await walk.MakeImage("SHO", bound.Repository);
        await walk.Comes(connection, "registered");
        Assert.Equal(1, Stage.Hooks(bound.Repository));
        Stage.LoseHooks(bound.Repository);
        await walk.Press($"Repair the hook of {bound.Repository}");
        await walk.See("The hook was looked at.");
        Assert.Equal(1, Stage.Hooks(bound.Repository));

        var commit = await bound.Work.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").Push("first");
        var build = await bound.Built(commit);
        await walk.Comes("/builds", build.State == "succeeded" ? "succeeded" : $"no: {build.Failure?.Title}");
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

        var leases = await bound.Server.With(db => db.Set<LeaseRow>().AsNoTracking().ToListAsync());
        Assert.Equal(["clone", "push"], leases.Select(lease => lease.Purpose).Order());
        Assert.DoesNotContain(leases, lease => lease.Static);

        if (Stage.JobKeys is not null)
            await Eventually.True("the job's key was taken back", () => Stage.JobKeys is { Made: > 0, Left: 0 });

        await walk.DeleteImage();
        await Eventually.True("no hook is left", () => Stage.Hooks(bound.Repository) == 0, TimeSpan.FromSeconds(30));
        Assert.Empty(tab.Complaints);
    }

    private IReadOnlyList<(string Context, string State, string? Link)> Shown(BoundHost bound, string commit) =>
        Stage.Statuses(bound.Repository, commit);
}

/// <summary>The journey by an authorisation that a person grants on the host's page.</summary>
public abstract class GrantedHostJourney(Chromium chromium) : HostJourney(chromium)
{
    private protected override async Task Bind(Walk walk)
    {
        await walk.Register(Stage);
        await walk.Grant(Stage);
    }
}
