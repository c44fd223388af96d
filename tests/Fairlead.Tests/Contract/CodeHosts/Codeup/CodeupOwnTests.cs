using System.Text;
using Fairlead.Core.Connections;
using Fairlead.Core.Events;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.Codeup;

namespace Fairlead.Tests.Contract.CodeHosts.Codeup;

/// <summary>What only this host does.</summary>
public sealed class CodeupOwnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "60de7a", "https://codeup.aliyun.com/60de7a/shop.git")]
    [InlineData("https://codeup.aliyun.com/60de7a", null, "https://codeup.aliyun.com/60de7a/shop.git")]
    [InlineData("https://openapi-rdc.aliyuncs.com", "60de7a", "https://codeup.aliyun.com/60de7a/shop.git")]
    [InlineData("https://devops.acme.example", null, "https://devops.acme.example/codeup/shop.git")]
    [InlineData("https://devops.acme.example/codeup/", null, "https://devops.acme.example/codeup/shop.git")]
    [InlineData("https://devops.acme.example/oapi/v1", null, "https://devops.acme.example/codeup/shop.git")]
    public void An_edition_is_known_by_what_was_typed(string? url, string? organization, string clone)
    {
        var provider = CodeupStage.Known();
        var kept = provider.Read(Typed(url, organization));
        var located = ((ICodeHost)provider).Locate(new Target { Settings = kept.Value }, "shop");
        Assert.Equal(clone, located.Value.Url);
    }

    [Theory]
    [InlineData(null, null, "codeup.organization-missing")]
    [InlineData("https://codeup.aliyun.com", null, "codeup.organization-missing")]
    [InlineData("https://codeup.aliyun.com/60de7a/backend/shop", null, "codeup.not-a-site")]
    [InlineData("https://codeup.aliyun.com/60de7a", "another", "codeup.not-a-site")]
    [InlineData("git@codeup.aliyun.com:60de7a/shop", null, "codeup.not-a-site")]
    [InlineData(null, "../users", "codeup.organization-odd")]
    public void What_cannot_be_an_edition_is_refused_before_anything_is_sent(
        string? url,
        string? organization,
        string code
    ) => Assert.Equal(code, CodeupStage.Known().Read(Typed(url, organization)).Failure?.Code);

    [Theory]
    [InlineData("..")]
    [InlineData("acme/../../users")]
    [InlineData("acme/shop?x=1")]
    [InlineData("/shop")]
    public async Task A_name_that_could_lead_elsewhere_is_refused_before_anything_is_sent(string name)
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Central);
        var found = await ((IListRepositories)stage.Provider).FindRepository(stage.Target, name, Cancel);
        Assert.False(found.Ok);
        Assert.False(((ICodeHost)stage.Provider).Locate(stage.Target, name).Ok);
        Assert.Empty(stage.Host.Requests.All);
    }

    [Fact]
    public async Task The_user_name_for_git_is_looked_up_when_it_was_not_typed()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Region);
        stage.Host.AddToken(new CodeupToken("unset", "ada") { CloneUser = null });
        stage.Host.AddToken(new CodeupToken("blind", "ada") { Rights = new HashSet<CodeupRight>() });
        var mint = (IMintGitCredential)stage.Provider;
        var looked = (await mint.MintGitCredential(stage.Target, "acme/shop", Cancel)).Value;
        Assert.Equal(("ada-clone", true), (looked.Username, looked.Static));
        stage.Host.Requests.Clear();
        var typed = (await mint.MintGitCredential(stage.With("blind", "mine"), "acme/shop", Cancel)).Value;
        Assert.Equal("mine", typed.Username);
        Assert.Empty(stage.Host.Requests.All);
        foreach (var token in new[] { "unset", "blind" })
        {
            var failure = (await mint.MintGitCredential(stage.With(token), "acme/shop", Cancel)).Failure;
            Assert.Equal(("codeup.no-clone-user", "cloneUser"), (failure?.Code, failure?.Field));
        }
    }

    [Fact]
    public async Task What_reading_can_try_is_told_and_no_more()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Central);
        var explain = (IExplainPrivileges)stage.Provider;
        await stage.AddRepository("acme/shop");
        var full = (await explain.ExplainPrivileges(stage.Target, Cancel)).Value;
        Assert.False(full.HostTells);
        Assert.Equal((3, 0), (full.Granted.Count, full.Missing.Count));
        var narrow = (await explain.ExplainPrivileges(stage.ReadOnly!, Cancel)).Value;
        Assert.Equal(["hooks cannot be registered"], narrow.Missing.Select(need => need.Breaks));
        // Who may not administer the repository is refused whatever the token may do.
        stage.Host.Find("acme/shop").AccessLevel = 30;
        Assert.Empty((await explain.ExplainPrivileges(stage.ReadOnly!, Cancel)).Value.Missing);
        Assert.DoesNotContain(stage.Host.Requests.All, request => request.Method != "GET");
    }

    [Fact]
    public async Task An_expired_token_and_a_stranger_to_the_organization_are_told_apart()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Central);
        stage.Host.AddToken(new CodeupToken("old", "ada") { IsExpired = true });
        stage.Host.AddToken(new CodeupToken("gone", "ada") { IsOutside = true });
        var verify = (IVerify)stage.Provider;
        var old = await verify.Verify(stage.With("old"), Cancel);
        var gone = await verify.Verify(stage.With("gone"), Cancel);
        Assert.Equal((VerdictKind.Rejected, "host.login-refused"), (old.Kind, old.Code));
        Assert.Equal("codeup.not-in-organization", gone.Code);
    }

    [Fact]
    public async Task Where_only_the_documented_address_tells_who_we_are_it_is_asked()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Central with { HasPlatformUser = false });
        var verdict = await ((IVerify)stage.Provider).Verify(stage.Target, Cancel);
        Assert.Equal("ada", verdict.Identity);
        stage.Host.ForgetViolations();
    }

    [Fact]
    public async Task A_former_name_that_the_host_forgot_is_said_not_to_be_there()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Region with { FollowsFormerNames = false });
        await stage.AddRepository("acme/shop");
        stage.Rename("acme/shop", "store");
        var found = await ((IListRepositories)stage.Provider).FindRepository(stage.Target, "acme/shop", Cancel);
        Assert.Equal("host.not-found", found.Failure?.Code);
    }

    [Fact]
    public async Task A_context_that_is_too_long_is_cut_to_one_that_is_nobody_elses()
    {
        await using var stage = await CodeupStage.Start(CodeupEdition.Central);
        var (name, _) = await stage.AddRepository("acme/shop");
        var commit = CommitSha.Parse(new string('a', 40));
        var image = "fairlead/" + new string('x', 60);
        foreach (var context in new[] { image + "one", image + "two", image + "one" })
        {
            var said = new CommitStatus(commit, CommitState.Success, context, "Done.", new Uri("https://a.example/1"));
            Assert.True((await ((IReportStatus)stage.Provider).ReportStatus(stage.Target, name, said, Cancel)).Ok);
        }
        var shown = stage.Statuses(name, commit.Value).Select(one => one.Context).ToList();
        Assert.Equal(2, shown.Distinct().Count());
        Assert.All(shown, context => Assert.Equal(50, context.Length));
    }

    [Theory]
    [InlineData("X-Codeup-")]
    [InlineData("Codeup-")]
    public void Either_spelling_of_the_headers_is_read_and_an_empty_token_proves_nothing(string prefix)
    {
        var receive = (IReceiveHooks)CodeupStage.Known();
        HeaderOf header = name =>
            name == prefix + "Token" ? "secret"
            : name == prefix + "Event" ? "Push Hook"
            : null;
        Assert.True(receive.CarriesProof(header));
        Assert.True(receive.IsAuthentic(header, [], [new Secret("secret")]));
        Assert.False(receive.IsAuthentic(header, [], [new Secret("secreT"), new Secret("secret ")]));
        Assert.Equal("Push Hook", receive.EventName(header));
        Assert.Null(receive.DeliveryId(header));
        HeaderOf empty = name => name == prefix + "Token" ? "" : null;
        Assert.False(receive.CarriesProof(empty));
        Assert.False(receive.IsAuthentic(empty, [], [new Secret("")]));
    }

    [Fact]
    public void The_pages_test_button_is_known_for_one()
    {
        var zero = new string('0', 40);
        var body = Encoding.UTF8.GetBytes($$"""{"before":"{{zero}}","after":"{{zero}}"}""");
        var reading = ((IReceiveHooks)CodeupStage.Known()).Read("Push Hook", body);
        Assert.Equal("It is the host's test: it names no branch.", reading.IgnoredBecause);
    }

    [Theory]
    [InlineData("open", """ "iid":4 """, PullRequestChange.Opened)]
    [InlineData("update", """ "local_id":4 """, PullRequestChange.Updated)]
    [InlineData("merge", """ "iid":4 """, PullRequestChange.Merged)]
    [InlineData("close", """ "local_id":4 """, PullRequestChange.Closed)]
    public void Merge_requests_of_both_makes_are_read(string action, string number, PullRequestChange change)
    {
        var body = $$"""
            {"object_kind":"merge_request","project":{"id":7},"object_attributes":{ {{number}},"action":"{{action}}",
            "source_branch":"topic","target_branch":"main","last_commit":{"id":"{{new string('a', 40)}}"} } }
            """;
        var reading = ((IReceiveHooks)CodeupStage.Known()).Read("Merge Request Hook", Encoding.UTF8.GetBytes(body));
        var request = Assert.IsType<HostEvent.PullRequestChanged>(Assert.Single(reading.Events)).PullRequest;
        Assert.Equal((4, change), (request.Number, request.Change));
    }

    private static FormInput Typed(string? url, string? organization)
    {
        var settings = new Dictionary<string, string> { ["url"] = url ?? "", ["organization"] = organization ?? "" };
        return new FormInput(settings, new HashSet<string> { "token" });
    }
}
