using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.BitbucketDataCenter;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;

/// <summary>What only this host does.</summary>
public sealed class DataCenterOwnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_projects_token_opens_git_by_itself_and_never_beside_a_name()
    {
        await using var stage = await DataCenterStage.Start(ofProject: true);
        await stage.Host.AddRepository("ACME/shop");
        var git = (
            await ((IMintGitCredential)stage.Provider).MintGitCredential(stage.Target, "ACME/shop", Cancel)
        ).Value;
        Assert.Equal((null, true), (git.Username, git.Static));
        Assert.True((await Refs(stage, stage.Target)).Ok);
        var refused = (await Refs(stage, stage.Refused)).Failure;
        Assert.Equal("git.login-refused", refused?.Code);
        using var client = new HttpClient();
        var url = new Uri(stage.Host.Url, "scm/acme/shop.git/info/refs?service=git-upload-pack");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var login = System.Text.Encoding.UTF8.GetBytes($"x-token-auth:{DataCenterStage.OfProject}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(login));
        Assert.Equal(401, (int)(await client.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_a_token_may_do_is_found_out_by_what_is_listed_for_it()
    {
        await using var stage = await DataCenterStage.Start();
        var explain = (IExplainPrivileges)stage.Provider;
        stage.Host.AddToken(new DataCenterToken("much", "ada") { Permission = DataCenterPermission.ProjectAdmin });
        var nothing = (await explain.ExplainPrivileges(stage.ReadOnly!, Cancel)).Value;
        Assert.Empty(nothing.Missing);
        stage.Host.List("ACME/shop");
        var much = (await explain.ExplainPrivileges(stage.With("much"), Cancel)).Value;
        Assert.Equal((false, "ada"), (much.HostTells, much.Identity));
        Assert.Equal(["PROJECT_ADMIN"], much.Excess);
        Assert.Empty(much.Missing);
        var narrow = (await explain.ExplainPrivileges(stage.ReadOnly!, Cancel)).Value;
        Assert.Equal(["REPO_ADMIN: hooks cannot be registered"], narrow.Missing.Select(need => need.Words));
    }

    [Fact]
    public async Task The_hosts_test_of_a_connection_is_answered_and_nothing_of_it_is_read()
    {
        await using var stage = await DataCenterStage.Start();
        await using var bound = await BoundHost.Make(stage);
        await bound.Bind();
        var hook = await bound.Hook("registered");
        Assert.Equal(204, await Test(stage, hook.Url));
        Assert.DoesNotContain("X-Hub-Signature", stage.Host.Sent[^1].Headers.Keys);
        Assert.Empty((await bound.Api.Get<Contracts.Page<Contracts.Events.DeliveryInfo>>("deliveries")).Items);

        // Only this, only without a body that counts, and only at an address there is.
        Assert.Equal(404, await Test(stage, hook.Url[..^4] + "0000"));
        using var client = new HttpClient();
        using var push = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent("{}") };
        push.Headers.Add("X-Event-Key", "repo:refs_changed");
        Assert.Equal(401, (int)(await client.SendAsync(push, Cancel)).StatusCode);

        var reading = ((IReceiveHooks)stage.Provider).Read("diagnostics:ping", "{\"test\":true}"u8);
        Assert.IsType<HostEvent.Ping>(Assert.Single(reading.Events));
    }

    [Fact]
    public async Task An_annotated_tag_is_told_by_the_commit_it_stands_for()
    {
        await using var stage = await DataCenterStage.Start();
        await using var sink = await HookSink.Start();
        var one = await stage.Host.AddRepository("ACME/shop");
        one.Hooks.Add(new DataCenterHook(1) { Url = sink.Url.AbsoluteUri, Events = ["repo:refs_changed"] });
        var (url, user, password) = stage.Git("ACME/shop");
        using var work = await WorkCopy.Of(url, user, password);
        var commit = await work.Write("a", "1").Push("first");
        await work.Git("tag", "--annotate", "--message", "one", "v1");
        await work.Git("push", "--quiet", "origin", "v1");
        var post = (await sink.Wait(2, _ => true))[1];
        var receive = (IReceiveHooks)stage.Provider;
        var read = receive.Read(receive.EventName(post.Header), post.Body).Events.Cast<HostEvent.RefMoved>();
        var claim = Assert.Single(read).Claim;
        Assert.Equal(("refs/tags/v1", commit), (claim.Ref.Full, claim.After.Value));
        Assert.StartsWith("application/json; charset", post.Header("Content-Type"));
    }

    [Fact]
    public async Task A_hook_that_failed_five_times_is_left_alone_for_a_while()
    {
        await using var stage = await DataCenterStage.Start();
        var one = await stage.Host.AddRepository("ACME/shop");
        one.Hooks.Add(new DataCenterHook(1) { Url = "http://127.0.0.1:9/", Events = ["repo:refs_changed"] });
        var (url, user, password) = stage.Git("ACME/shop");
        using var work = await WorkCopy.Of(url, user, password);
        for (var i = 0; i < 7; i++)
            await work.Write("a", $"{i}").Push($"{i}");
        Assert.Equal(5, stage.Host.Sent.Count);
    }

    [Fact]
    public async Task A_certificate_or_a_login_that_is_not_known_is_told_from_a_missing_permission()
    {
        await using var stage = await DataCenterStage.Start();
        await stage.Host.AddRepository("ACME/shop");
        var hooks = (IManageHooks)stage.Provider;
        var lacking = (await hooks.Hooks.List(stage.ReadOnly!, "ACME/shop", Cancel)).Failure;
        Assert.Equal("host.not-allowed", lacking?.Code);
        Assert.Contains("repository admin", lacking?.Remedy);
        Assert.Equal("host.login-refused", (await hooks.Hooks.List(stage.Refused, "ACME/shop", Cancel)).Failure?.Code);
    }

    [Theory]
    [InlineData("https://git.example.com/", "https://git.example.com")]
    [InlineData("http://10.0.0.7:7990/bitbucket/", "http://10.0.0.7:7990/bitbucket")]
    [InlineData("https://example.com/bitbucket/rest/api/1.0", "https://example.com/bitbucket")]
    [InlineData("https://example.com/projects/ACME/repos/shop/browse", "https://example.com")]
    [InlineData("https://example.com/bitbucket/scm/acme/shop.git", "https://example.com/bitbucket")]
    [InlineData("ssh://git@example.com:7999/acme/shop.git", null)]
    public void Any_port_and_path_is_a_site_and_a_page_leads_to_it(string typed, string? kept)
    {
        var input = new FormInput(new Dictionary<string, string> { ["url"] = typed }, new HashSet<string> { "token" });
        var read = DataCenterStage.Known().Read(input);
        Assert.Equal(kept, read.Ok ? read.Value["url"] : null);
    }

    [Theory]
    [InlineData("ACME/shop", "acme/shop")]
    [InlineData("~ada.l/shop", "~ada.l/shop")]
    [InlineData("ACME/..", null)]
    [InlineData("../shop", null)]
    [InlineData("ACME", null)]
    [InlineData("ACME/shop/webhooks", null)]
    [InlineData("ACME/shop?x=1", null)]
    public async Task A_name_leads_to_its_clone_address_and_nowhere_else(string name, string? path)
    {
        await using var stage = await DataCenterStage.Start();
        var located = ((ICodeHost)stage.Provider).Locate(stage.Target, name);
        Assert.Equal(path is null ? null : $"{stage.Host.Url}scm/{path}.git", located.Ok ? located.Value.Url : null);
        if (path is null)
            Assert.Equal("bitbucket-datacenter.repository-name", located.Failure?.Code);
    }

    private static Task<Outcome<Core.Sources.RefList>> Refs(DataCenterStage stage, Target target) =>
        ((IListRefs)stage.Provider).ListRefs(target, "ACME/shop", null, Cancel);

    private static async Task<int> Test(DataCenterStage stage, string hook)
    {
        using var client = new HttpClient();
        var path = $"rest/api/latest/projects/ACME/repos/shop/webhooks/test?url={Uri.EscapeDataString(hook)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Host.Url, path));
        request.Headers.Authorization = new("Bearer", stage.Target.Secrets["token"].Reveal());
        Assert.Equal(200, (int)(await client.SendAsync(request, Cancel)).StatusCode);
        return stage.Host.Sent[^1].Status;
    }
}
