using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.BitbucketCloud;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

/// <summary>What only this host does.</summary>
public sealed class BitbucketOwnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_secret_has_two_names_and_neither_does_for_the_other()
    {
        await using var stage = await BitbucketStage.Start();
        await stage.Host.AddRepository("acme/shop");
        var mint = (IMintGitCredential)stage.Provider;
        var git = (await mint.MintGitCredential(stage.Target, "acme/shop", Cancel)).Value;
        Assert.Equal(("x-bitbucket-api-token-auth", true), (git.Username, git.Static));
        Assert.True((await ((IListRefs)stage.Provider).ListRefs(stage.Target, "acme/shop", null, Cancel)).Ok);
        var bearer = (await mint.MintGitCredential(stage.ByAccess(BitbucketStage.Access), "acme/shop", Cancel)).Value;
        Assert.Equal("x-token-auth", bearer.Username);

        using var client = new HttpClient();
        async Task<int> Ask(string path, string user)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Host.Url, path));
            var login = System.Text.Encoding.UTF8.GetBytes($"{user}:{git.Password!.Reveal()}");
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(login));
            return (int)(await client.SendAsync(request, Cancel)).StatusCode;
        }
        const string refs = "acme/shop.git/info/refs?service=git-upload-pack";
        Assert.Equal((401, 200), (await Ask(refs, BitbucketStage.Email), await Ask(refs, git.Username!)));
        Assert.Equal((200, 401), (await Ask("2.0/user", BitbucketStage.Email), await Ask("2.0/user", git.Username!)));
    }

    [Fact]
    public async Task Each_workspace_is_listed_by_itself_and_only_what_one_was_given()
    {
        await using var stage = await BitbucketStage.Start();
        stage.Host.List("acme/shop");
        stage.Host.List("other/thing");
        stage.Host.List("other/open").Strangers.Add("ada");
        Assert.Equal(["acme/shop", "other/thing"], await Names(stage, stage.Target));
        Assert.Equal(
            ["other/thing"],
            await Names(stage, stage.With("ATATT3xFfGF0adaMayDoEverything000000000000000", "other"))
        );
        Assert.Equal(["acme/shop"], await Names(stage, stage.ByAccess(BitbucketStage.Access)));
        Assert.DoesNotContain(stage.Host.Requests.All, request => request.Status == 410);
    }

    [Fact]
    public async Task Missing_and_excess_scopes_are_named_in_the_spelling_of_the_credential()
    {
        await using var stage = await BitbucketStage.Start();
        var explain = (IExplainPrivileges)stage.Provider;
        stage.Host.AddToken(
            new BitbucketToken("much", "ada")
            {
                Email = BitbucketStage.Email,
                Scopes = ["read:repository:bitbucket", "admin:repository:bitbucket", "read:webhook:bitbucket"],
            }
        );
        // It may not even tell who it is, which is no reason to tell nothing.
        var report = (await explain.ExplainPrivileges(stage.With("much"), Cancel)).Value;
        Assert.Equal((true, BitbucketStage.Email), (report.HostTells, report.Identity));
        Assert.Equal(["admin:repository:bitbucket"], report.Excess);
        Assert.Equal(
            [
                "write:webhook:bitbucket: hooks cannot be registered",
                "delete:webhook:bitbucket: hooks cannot be removed",
                "read:pullrequest:bitbucket: hooks cannot hear of pull requests",
                "read:workspace:bitbucket: repositories cannot be listed",
            ],
            report.Missing.Select(need => need.Words)
        );
        stage.Host.AddToken(
            new BitbucketToken("writes", "bot") { Workspace = "acme", Scopes = ["repository:write", "webhook"] }
        );
        stage.Host.List("acme/shop");
        var access = (await explain.ExplainPrivileges(stage.ByAccess("writes"), Cancel)).Value;
        Assert.Equal("access token of the workspace in acme", access.Identity);
        // Whoever changes branches here needs it.
        Assert.Empty(access.Excess);
        Assert.Equal(["pullrequest: hooks cannot hear of pull requests"], access.Missing.Select(need => need.Words));
    }

    [Fact]
    public async Task A_refusal_names_the_scopes_that_would_be_enough()
    {
        await using var stage = await BitbucketStage.Start();
        await stage.Host.AddRepository("acme/shop");
        var refusal = (await Create(stage, stage.ReadOnly!)).Failure;
        Assert.Equal("host.not-allowed", refusal?.Code);
        Assert.Contains("read:webhook:bitbucket, write:webhook:bitbucket", refusal?.Remedy);
        stage.Host.AllowsLocalHooks = false;
        Assert.Equal("bitbucket.hook-address", (await Create(stage, stage.Target)).Failure?.Code);
    }

    [Fact]
    public async Task A_change_of_a_function_that_is_gone_is_told_from_a_fault()
    {
        await using var stage = await BitbucketStage.Start();
        stage.Break(new Fault.Answer(410));
        Assert.Equal("host.gone", (await Find(stage, "acme/shop")).Failure?.Code);
        stage.Break(new Fault.Answer(555));
        Assert.Equal("reach.host-failing", (await Find(stage, "acme/shop")).Failure?.Code);
    }

    [Fact]
    public async Task A_renamed_repository_is_not_found_where_the_host_does_not_send_on()
    {
        await using var stage = await BitbucketStage.Start();
        stage.Host.SendsRenamedOn = false;
        await stage.Host.AddRepository("acme/shop");
        stage.Rename("acme/shop", "store");
        Assert.Equal("host.not-found", (await Find(stage, "acme/shop")).Failure?.Code);
    }

    [Fact]
    public async Task A_push_of_many_refs_is_one_delivery_whose_attempts_share_an_id()
    {
        await using var stage = await BitbucketStage.Start();
        var one = await stage.Host.AddRepository("acme/shop");
        one.Hooks.Add(
            new BitbucketHook
            {
                Url = new Uri(stage.Host.Url, "failing").AbsoluteUri,
                Active = true,
                Events = ["repo:push"],
            }
        );
        var (url, user, password) = stage.Git("acme/shop");
        using var work = await WorkCopy.Of(url, user, password);
        await work.Write("a", "1").Push("first");
        (stage.Host.Fault, stage.Host.FaultPath) = (new Fault.Answer(503), "/failing");
        await work.Git("push", "--quiet", "origin", "main:one", "main:two", "main:v1");
        var attempts = stage.Host.Sent.TakeLast(3).ToList();
        var receive = (IReceiveHooks)stage.Provider;
        Assert.Single(attempts.Select(sent => receive.DeliveryId(sent.Headers.GetValueOrDefault)).Distinct());
        Assert.Equal(["1", "2", "3"], attempts.Select(sent => sent.Headers["X-Attempt-Number"]));
        var events = receive.Read("repo:push", attempts[0].Body).Events.Cast<HostEvent.RefMoved>();
        Assert.Equal(3, events.Count());
    }

    [Fact]
    public async Task A_long_context_keeps_a_key_of_its_own_that_the_host_takes()
    {
        await using var stage = await BitbucketStage.Start();
        var one = await stage.Host.AddRepository("acme/shop");
        var commit = await stage.Host.Bare.Commit("acme/shop", new Dictionary<string, string> { ["a"] = "b" });
        var start = "fairlead/" + new string('n', 40);
        foreach (var context in new[] { start + "/one", start + "/two", start + "/one" })
        {
            var status = new CommitStatus(
                CommitSha.Parse(commit),
                CommitState.Cancelled,
                context,
                "ended",
                new Uri("https://fairlead.example.com/builds/7")
            );
            Assert.True(
                (await ((IReportStatus)stage.Provider).ReportStatus(stage.Target, "acme/shop", status, Cancel)).Ok
            );
        }
        Assert.Equal([start + "/two", start + "/one"], one.Statuses.Select(status => status.Name));
        Assert.All(one.Statuses, status => Assert.Equal((40, "STOPPED"), (status.Key.Length, status.State)));
    }

    [Theory]
    [InlineData("api-token", "ada@example.com", "", "")]
    [InlineData("api-token", "ada", "", "bitbucket.email")]
    [InlineData("api-token", "", "", "bitbucket.email")]
    [InlineData("access-token", "", "acme", "")]
    [InlineData("access-token", "", "", "bitbucket.workspace")]
    [InlineData("access-token", "", "acme/shop", "bitbucket.workspace")]
    [InlineData("password", "ada@example.com", "", "input.choice")]
    public void The_form_says_what_each_credential_needs(string auth, string email, string workspace, string code)
    {
        var settings = new Dictionary<string, string>
        {
            ["auth"] = auth,
            ["email"] = email,
            ["workspace"] = workspace,
        };
        var read = BitbucketStage.Known().Read(new FormInput(settings, new HashSet<string> { "token" }));
        Assert.Equal(code, read.Failure?.Code ?? "");
    }

    [Theory]
    [InlineData("", "https://bitbucket.org")]
    [InlineData("https://api.bitbucket.org/2.0", "https://bitbucket.org")]
    [InlineData("https://gateway.example.com/", "https://gateway.example.com")]
    [InlineData("https://bitbucket.org/acme/shop", null)]
    public void The_site_is_taken_and_a_repository_in_its_place_is_not(string typed, string? kept)
    {
        var settings = new Dictionary<string, string> { ["url"] = typed, ["email"] = BitbucketStage.Email };
        var read = BitbucketStage.Known().Read(new FormInput(settings, new HashSet<string> { "token" }));
        Assert.Equal(kept, read.Ok ? read.Value["url"] : null);
    }

    [Theory]
    [InlineData("acme/..")]
    [InlineData("../shop")]
    [InlineData("acme")]
    [InlineData("acme/shop/hooks")]
    [InlineData("acme/shop?x=1")]
    public async Task A_name_that_could_lead_elsewhere_is_refused_before_anything_is_sent(string name)
    {
        await using var stage = await BitbucketStage.Start();
        Assert.Equal("bitbucket.repository-name", (await Find(stage, name)).Failure?.Code);
        Assert.Empty(stage.Host.Requests.All);
    }

    private static async Task<IEnumerable<string>> Names(BitbucketStage stage, Target target) =>
        (await ((IListRepositories)stage.Provider).ListRepositories(target, Cancel)).Value.Select(one => one.Name);

    private static Task<Outcome<HostedRepository>> Find(BitbucketStage stage, string name) =>
        ((IListRepositories)stage.Provider).FindRepository(stage.Target, name, Cancel);

    private static Task<Outcome<HostedHook>> Create(BitbucketStage stage, Target target)
    {
        var wish = new HookWish(new Uri("http://127.0.0.1:9/hooks/one"), new Secret(new string('k', 64)));
        return ((IManageHooks)stage.Provider).Hooks.Create(target, "acme/shop", wish, Cancel);
    }
}
