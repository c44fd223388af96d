using System.Text;
using Fairlead.Core.Connections;
using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Gitea;
using Fairlead.Emulators.Tls;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.Gitea;

/// <summary>What only this host does.</summary>
public sealed class GiteaOwnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_token_may_do_is_told_or_found_out_by_trying(bool told)
    {
        await using var stage = await GiteaStage.Start(new GiteaFlavour(NamesHeldScopes: told));
        stage.Host.AddToken(new GiteaToken("much", "ada") { Scopes = ["all"] });
        stage.Host.AddToken(
            new GiteaToken("more", "ada") { Scopes = ["read:user", "write:repository", "write:package"] }
        );
        var explain = (IExplainPrivileges)stage.Provider;

        var much = (await explain.ExplainPrivileges(stage.With("much"), Cancel)).Value;
        Assert.Empty(much.Missing);
        Assert.Equal(["read:admin"], much.Excess);

        var more = (await explain.ExplainPrivileges(stage.With("more"), Cancel)).Value;
        Assert.Equal(told, more.HostTells);
        Assert.Equal(told ? ["write:package"] : [], more.Excess);

        var narrow = (await explain.ExplainPrivileges(stage.ReadOnly!, Cancel)).Value;
        Assert.Equal(
            ["hooks cannot be registered", "commit statuses cannot be set"],
            narrow.Missing.Select(need => need.Breaks)
        );
        var verdict = await ((IVerify)stage.Provider).Verify(stage.ReadOnly!, Cancel);
        Assert.Equal(
            "Signed in as bob, but hooks cannot be registered, commit statuses cannot be set.",
            verdict.Sentence
        );
        Assert.DoesNotContain(stage.Host.Requests.All, request => request.Method == "POST" && request.Status < 400);
    }

    [Fact]
    public async Task Without_the_right_to_keep_hooks_the_sentence_says_so()
    {
        await using var stage = await GiteaStage.Start();
        (await stage.Host.AddRepository("acme/shop")).Administrators.Clear();
        var refusal = (await List(stage)).Failure;
        Assert.Equal("host.not-allowed", refusal?.Code);
        Assert.Contains("administrator of the repository", refusal?.Remedy);
        await using var off = await GiteaStage.Start(new GiteaFlavour { HooksAreOff = true });
        await off.Host.AddRepository("acme/shop");
        Assert.Equal("gitea.hooks-off", (await List(off)).Failure?.Code);
    }

    [Fact]
    public async Task Hooks_of_a_second_page_are_found_though_nothing_links_to_it()
    {
        await using var stage = await GiteaStage.Start(new GiteaFlavour(MostItems: 3));
        var one = await stage.Host.AddRepository("acme/shop");
        for (var i = 0; i < 10; i++)
            one.Hooks.Add(new GiteaHook(1000 + i) { Url = $"https://ci.example.com/{i}" });
        Assert.Equal(10, (await List(stage)).Value.Count);
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("*", false)]
    public async Task A_hook_that_hears_only_some_branches_is_mended(string filter, bool mended)
    {
        await using var stage = await GiteaStage.Start();
        var one = await stage.Host.AddRepository("acme/shop");
        var wish = new HookWish(new Uri("https://fairlead.example.com/hooks/a"), new Secret("s"));
        var made = (await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, "acme/shop", wish, Cancel)).Value;
        one.Hooks.Single().BranchFilter = filter;
        var step = HookUpkeep.Decide((await List(stage)).Value, wish.Url, made.Id, true).Step;
        Assert.Equal(mended, step is HookStep.Repair);
    }

    [Fact]
    public async Task Deliveries_carry_the_headers_of_others_and_an_empty_digest_is_no_proof()
    {
        await using var stage = await GiteaStage.Start();
        await using var sink = await HookSink.Start();
        var one = await stage.Host.AddRepository("acme/shop");
        one.Hooks.Add(new GiteaHook(1) { Url = sink.Url.AbsoluteUri, Active = true });
        var (url, user, password) = stage.Git("acme/shop");
        using var work = await WorkCopy.Of(url, user, password);
        await work.Write("a", "1").Push("first");
        var post = (await sink.Wait(1, _ => true))[0];
        Assert.Equal(("push", "push"), (post.Header("X-GitHub-Event"), post.Header("X-Gogs-Event")));
        Assert.Equal(("", "sha256="), (post.Header("X-Gitea-Signature"), post.Header("X-Hub-Signature-256")));
        var receive = (IReceiveHooks)stage.Provider;
        Assert.False(receive.CarriesProof(post.Header));
        Assert.False(receive.IsAuthentic(post.Header, post.Body, [new Secret("")]));
    }

    [Fact]
    public async Task Tags_come_and_go_once_and_a_test_is_known_for_one()
    {
        await using var stage = await GiteaStage.Start();
        await using var sink = await HookSink.Start();
        var one = await stage.Host.AddRepository("acme/shop");
        List<string> all = ["push", "create", "delete"];
        one.Hooks.Add(
            new GiteaHook(1)
            {
                Url = sink.Url.AbsoluteUri,
                Active = true,
                Events = all,
            }
        );
        var (url, user, password) = stage.Git("acme/shop");
        using var work = await WorkCopy.Of(url, user, password);
        var commit = await work.Write("a", "1").Push("first");
        await work.Tag("v1");
        await work.Git("push", "--quiet", "origin", ":v1");
        var receive = (IReceiveHooks)stage.Provider;
        var posts = await sink.Wait(6, _ => true);
        var claims = posts
            .SelectMany(post => receive.Read(receive.EventName(post.Header), post.Body).Events)
            .Cast<HostEvent.RefMoved>()
            .Where(moved => moved.Claim.Ref.Full == "refs/tags/v1")
            .Select(moved => (moved.Claim.Before?.IsZero, moved.Claim.After.IsZero));
        Assert.Equal([(true, false), (false, true)], claims);

        var test = BoundSource.Body("main", commit, commit);
        Assert.IsType<HostEvent.Ping>(Assert.Single(receive.Read("push", Encoding.UTF8.GetBytes(test)).Events));
    }

    [Fact]
    public async Task A_certificate_of_its_own_authority_is_trusted_once_that_is_given()
    {
        using var root = new TempDir();
        using var authority = new TestAuthority();
        await using var host = await GiteaHost.Start(root, certificate: authority.Issue("127.0.0.1"));
        host.AddToken(new GiteaToken("token", "ada"));
        await using var stage = await GiteaStage.Start();
        var verify = (IVerify)stage.Provider;
        var refused = await verify.Verify(stage.With("token", host.Url), Cancel);
        Assert.Equal(VerdictKind.Misconfigured, refused.Kind);
        var trusted = await verify.Verify(stage.With("token", host.Url, authority.Pem), Cancel);
        Assert.Equal(VerdictKind.Trusted, trusted.Kind);
    }

    [Theory]
    [InlineData("https://git.example.com/", "https://git.example.com")]
    [InlineData("http://10.0.0.7:3000/code/git/", "http://10.0.0.7:3000/code/git")]
    [InlineData("https://example.com/git/api/v1", "https://example.com/git")]
    public async Task Any_port_and_path_is_a_site(string typed, string kept)
    {
        await using var stage = await GiteaStage.Start();
        var input = new FormInput(new Dictionary<string, string> { ["url"] = typed }, new HashSet<string> { "token" });
        Assert.Equal(kept, stage.Provider.Read(input).Value["url"]);
    }

    [Theory]
    [InlineData("acme/..")]
    [InlineData("acme/.")]
    [InlineData("../shop")]
    [InlineData("acme")]
    [InlineData("acme/shop/hooks")]
    [InlineData("acme/shop?x=1")]
    public async Task A_name_that_could_lead_elsewhere_is_refused_before_anything_is_sent(string name)
    {
        await using var stage = await GiteaStage.Start();
        var found = await ((IListRepositories)stage.Provider).FindRepository(stage.Target, name, Cancel);
        Assert.Equal("gitea.repository-name", found.Failure?.Code);
        Assert.Empty(stage.Host.Requests.All);
    }

    private static Task<Outcome<IReadOnlyList<HostedHook>>> List(GiteaStage stage) =>
        ((IManageHooks)stage.Provider).Hooks.List(stage.Target, "acme/shop", Cancel);
}
