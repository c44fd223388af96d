using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>Who the credential is, and what it reaches.</summary>
public abstract class BrowseContract : CodeHostContract
{
    [Fact]
    public async Task Verifying_tells_who_we_are()
    {
        var verdict = await Can<IVerify>().Verify(Stage.Target, Cancel);
        Assert.Equal((VerdictKind.Trusted, Stage.Identity), (verdict.Kind, verdict.Identity));
        Assert.Empty(verdict.Missing);
    }

    [Fact]
    public async Task A_refused_credential_is_the_persons_business()
    {
        var verdict = await Can<IVerify>().Verify(Stage.Refused, Cancel);
        Assert.Equal((VerdictKind.Rejected, "host.login-refused"), (verdict.Kind, verdict.Code));
    }

    [Fact]
    public async Task What_a_narrow_credential_lacks_is_named_with_what_fails_without()
    {
        if (Stage.ReadOnly is not { } narrow)
        {
            Assert.Skip($"{Stage.Provider.Title} has no such credential.");
            return;
        }
        var report = Good(await Can<IExplainPrivileges>().ExplainPrivileges(narrow, Cancel));
        if (report.HostTells)
            Assert.Contains(report.Missing, need => need.Breaks == Stage.ReadOnlyLacks);
        var (name, _) = await Stage.AddRepository("acme/shop");
        var failure = Bad(await Can<IManageHooks>().Hooks.List(narrow, name, Cancel));
        Assert.Equal((Retry.NeedsPerson, "host.not-allowed"), (failure.Retry, failure.Code));
        Assert.NotNull(failure.Remedy);
    }

    [Fact]
    public async Task Every_repository_of_every_page_is_listed_once()
    {
        Stage.AddMany(1234);
        var all = Good(await Can<IListRepositories>().ListRepositories(Stage.Target, Cancel));
        Assert.Equal(1234, all.Count);
        Assert.Equal(1234, all.Select(one => one.Id).Distinct().Count());
        Assert.All(all, one => Assert.NotEmpty(one.Name));
    }

    [Fact]
    public async Task A_repository_is_found_by_its_name_and_keeps_its_id_when_it_gets_another()
    {
        var browse = Can<IListRepositories>();
        var (name, id) = await Stage.AddRepository("acme/shop");
        Assert.Equal(id, Good(await browse.FindRepository(Stage.Target, name, Cancel)).Id);
        var renamed = Stage.Rename(name, "store");
        Assert.Equal(
            (id, renamed),
            Good(await browse.FindRepository(Stage.Target, name, Cancel)) is var now ? (now.Id, now.Name) : default
        );
    }

    [Fact]
    public async Task A_repository_is_found_by_its_id_though_another_has_its_name_by_now()
    {
        var host = Can<IFindById>();
        var (name, id) = await Stage.AddRepository("acme/shop");
        var renamed = Stage.Rename(name, "store");
        await Stage.AddRepository("acme/shop");
        var found = Good(await host.FindById(Stage.Target, id, name, Cancel));
        Assert.Equal((id, renamed), (found.Id, found.Name));
        Stage.Delete(renamed);
        Assert.Equal("host.not-found", Bad(await host.FindById(Stage.Target, id, name, Cancel)).Code);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_said_not_to_be_there()
    {
        var failure = Bad(await Can<IListRepositories>().FindRepository(Stage.Target, "acme/nowhere", Cancel));
        Assert.Equal(("host.not-found", "repository"), (failure.Code, failure.Field));
    }

    [Theory]
    [InlineData("acme/..")]
    [InlineData("../shop")]
    [InlineData("acme/.")]
    [InlineData("-acme/shop")]
    [InlineData("acme/shop?a")]
    [InlineData("acme/shop#a")]
    [InlineData("acme/sh op")]
    [InlineData("acme//shop")]
    [InlineData("")]
    public void A_name_that_would_lead_elsewhere_is_refused(string name) =>
        Assert.Equal("repository", Bad(Can<ICodeHost>().Locate(Stage.Target, name)).Field);

    [Fact]
    public async Task Branches_and_tags_are_read_with_the_git_credential()
    {
        var (name, _) = await Stage.AddRepository("acme/shop");
        var (url, user, password) = Stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        var commit = await work.Write("a", "b").Push("first");
        await work.Tag("v1");
        var refs = Good(await Can<IListRefs>().ListRefs(Stage.Target, name, null, Cancel));
        Assert.Equal("main", refs.DefaultBranch);
        Assert.Equal(
            [("refs/heads/main", commit), ("refs/tags/v1", commit)],
            refs.Heads.Select(head => (head.Ref.Full, head.Commit.Value))
        );
    }

    [Fact]
    public async Task A_web_page_in_place_of_the_api_is_recognised()
    {
        Stage.Break(new Fault.Html());
        Assert.Equal("host.web-page", Bad(await List()).Code);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed_and_no_credential_goes_there()
    {
        await using var stranger = await HookSink.Start();
        foreach (var status in new[] { 301, 302, 307, 308 })
        {
            Stage.Break(new Fault.Redirect(stranger.Url, status));
            Assert.Equal("reach.redirected", Bad(await List()).Code);
        }
        Assert.Empty(stranger.Posts);
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_or_not_at_all()
    {
        Stage.AddMany(700);
        Stage.Break(new Fault.Truncated());
        Assert.Equal("reach.cut-off", Bad(await List()).Code);
        Stage.Break(new Fault.Revoked(After: 2));
        Assert.Equal(
            ("host.login-refused", Retry.NeedsPerson),
            Bad(await List()) is var revoked ? (revoked.Code, revoked.Retry) : default
        );
        Stage.Break(new Fault.SamePage());
        Assert.Equal("host.odd-pages", Bad(await List()).Code);
        await using var stranger = await HookSink.Start();
        Stage.Break(new Fault.NextElsewhere(stranger.Url));
        var elsewhere = await List();
        Assert.Empty(stranger.Posts);
        // Hosts whose pages are numbered are not asked where the next one is.
        if (elsewhere.Ok)
            Assert.Equal(700, elsewhere.Value.Count);
        else
            Assert.Equal("host.odd-pages", elsewhere.Failure.Code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_failing_host_is_a_passing_condition(int status)
    {
        Stage.Break(new Fault.Answer(status));
        Assert.Equal(
            ("reach.host-failing", Retry.Later),
            Bad(await List()) is var failure ? (failure.Code, failure.Retry) : default
        );
    }

    [Fact]
    public async Task A_function_that_was_switched_off_is_told_from_a_fault()
    {
        Stage.Break(new Fault.Answer(410));
        Assert.Equal(
            ("host.gone", Retry.Later),
            Bad(await List()) is var failure ? (failure.Code, failure.Retry) : default
        );
    }

    [Fact]
    public async Task What_a_host_announces_of_a_function_it_switched_off_is_shown_and_no_secret_that_it_sends_back()
    {
        var (body, seen) = Stage.Announcement ?? ("""{"error":["gone"]}""", "See the host's change log.");
        Stage.Break(new Fault.SwitchedOff(body));
        var gone = Bad(await List());
        Assert.Equal("host.gone", gone.Code);
        Assert.Contains(seen, gone.Remedy);
        Assert.DoesNotContain("ghp_1", gone.Remedy);
        Stage.Break(null);
        Good(await List());
    }

    [Fact]
    public async Task A_rate_limit_says_that_it_passes()
    {
        Stage.Exhaust();
        Assert.Equal(
            ("host.rate-limited", Retry.Later),
            Bad(await List()) is var failure ? (failure.Code, failure.Retry) : default
        );
    }

    private Task<Outcome<IReadOnlyList<HostedRepository>>> List() =>
        Can<IListRepositories>().ListRepositories(Stage.Target, Cancel);
}
