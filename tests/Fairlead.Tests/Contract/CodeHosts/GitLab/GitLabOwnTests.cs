using System.Security.Cryptography;
using Fairlead.Core.Connections;
using Fairlead.Core.Events;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.GitLab;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.GitLab;

/// <summary>What only this host does.</summary>
public sealed class GitLabOwnTests
{
    private static readonly Secret Key = new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "https://gitlab.com")]
    [InlineData("https://gitlab.com/", "https://gitlab.com")]
    [InlineData("http://code.example.com:8929/gitlab/", "http://code.example.com:8929/gitlab")]
    [InlineData("https://code.example.com/api/v4", "https://code.example.com")]
    [InlineData("https://gitlab.com/acme/shop", null)]
    [InlineData("https://code.example.com/acme/shop.git", null)]
    [InlineData("ssh://git@code.example.com", null)]
    public void An_address_is_that_of_a_site_at_any_port_and_path(string? typed, string? kept)
    {
        var settings = new Dictionary<string, string> { ["url"] = typed ?? "" };
        var read = GitLabStage.Known().Read(new FormInput(settings, new HashSet<string> { "token" }));
        Assert.Equal(kept, read.Ok ? read.Value["url"] : null);
        Assert.Equal(kept is null ? "gitlab.not-a-site" : null, read.Failure?.Code);
    }

    [Theory]
    [InlineData("acme/shop", true)]
    [InlineData("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/shop.web", true)]
    [InlineData("shop", false)]
    [InlineData("acme/../shop", false)]
    [InlineData("acme/-x", false)]
    [InlineData("acme//shop", false)]
    [InlineData("acme/shop?x=1", false)]
    [InlineData("acme/%2e%2e", false)]
    public void A_repository_lies_in_groups_of_any_depth(string name, bool isOne)
    {
        var target = new Target { Settings = new Dictionary<string, string>() };
        var located = ((ICodeHost)GitLabStage.Known()).Locate(target, name);
        Assert.Equal(isOne ? $"https://gitlab.com/{name}.git" : null, located.Ok ? located.Value.Url : null);
    }

    [Fact]
    public async Task A_tokens_end_and_what_it_has_too_much_are_told()
    {
        await using var stage = await GitLabStage.Start();
        stage.Host.AddToken(
            new GitLabToken("glpat-much", "ada") { Scopes = ["api", "sudo"], ExpiresAt = new DateOnly(2030, 1, 2) }
        );
        var verdict = await ((IVerify)stage.Provider).Verify(stage.With("glpat-much"), Cancel);
        Assert.Equal((VerdictKind.Trusted, "sudo"), (verdict.Kind, Assert.Single(verdict.Excess)));
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), verdict.ExpiresAt);
    }

    [Fact]
    public async Task What_a_fine_grained_token_or_an_older_host_does_not_tell_is_not_guessed()
    {
        await using var stage = await GitLabStage.Start();
        var explain = (IExplainPrivileges)stage.Provider;
        stage.Host.AddToken(new GitLabToken("glpat-fine", "ada") { IsFineGrained = true });
        Assert.False((await explain.ExplainPrivileges(stage.With("glpat-fine"), Cancel)).Value.HostTells);
        stage.Host.TellsTokens = false;
        var report = (await explain.ExplainPrivileges(stage.Target, Cancel)).Value;
        Assert.Equal(("ada", false), (report.Identity, report.HostTells));
    }

    [Fact]
    public async Task An_expired_or_revoked_token_is_refused_and_a_small_role_is_named()
    {
        await using var stage = await GitLabStage.Start();
        stage.Host.AddToken(new GitLabToken("glpat-old", "ada") { ExpiresAt = new DateOnly(2020, 1, 1) });
        stage.Host.AddToken(new GitLabToken("glpat-gone", "ada") { IsRevoked = true });
        foreach (var token in new[] { "glpat-old", "glpat-gone" })
            Assert.Equal(
                "host.login-refused",
                (await ((IVerify)stage.Provider).Verify(stage.With(token), Cancel)).Code
            );
        stage.Host.AddToken(new GitLabToken("glpat-dev", "ada") { AccessLevel = 30 });
        var (name, _) = await stage.AddRepository("acme/shop");
        var failure = (await ((IManageHooks)stage.Provider).Hooks.List(stage.With("glpat-dev"), name, Cancel)).Failure!;
        Assert.Equal("host.not-allowed", failure.Code);
        Assert.Contains("Maintainer", failure.Remedy);
    }

    [Fact]
    public async Task A_host_that_signs_never_sees_the_secret_and_one_that_cannot_sends_it()
    {
        foreach (var signs in new[] { true, false })
        {
            await using var stage = await GitLabStage.Start(signs);
            var (name, _) = await stage.AddRepository("acme/shop");
            var wish = new HookWish(new Uri("http://127.0.0.1:9/hooks/one"), Key);
            Assert.True((await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, wish, Cancel)).Ok);
            var hook = stage.Host.Projects[name].Hooks.Single();
            Assert.Equal(signs ? null : Key.Reveal(), hook.Token);
            Assert.Equal(signs, hook.SigningToken?.StartsWith("whsec_") == true);
            Assert.DoesNotContain(Key.Reveal(), hook.SigningToken ?? "");
        }
    }

    [Fact]
    public async Task A_hook_that_was_given_up_is_mended_and_works_again()
    {
        await using var stage = await GitLabStage.Start();
        await using var sink = await HookSink.Start();
        var (name, _) = await stage.AddRepository("acme/shop");
        var hooks = (IManageHooks)stage.Provider;
        var wish = new HookWish(sink.Url, Key);
        var made = (await hooks.Hooks.Create(stage.Target, name, wish, Cancel)).Value;
        await stage.Host.Bare.Commit(name, new Dictionary<string, string> { ["a"] = "b" });
        stage.Host.Projects[name].Hooks.Single().Failures = 40;
        var listed = (await hooks.Hooks.List(stage.Target, name, Cancel)).Value.Single();
        Assert.IsType<HookStep.Repair>(HookUpkeep.Decide([listed], wish.Url, made.Id, true).Step);
        Assert.NotNull(listed.Trouble);
        Assert.True((await hooks.Hooks.Repair(stage.Target, name, made.Id, wish, Cancel)).Ok);
        Assert.True((await hooks.Hooks.List(stage.Target, name, Cancel)).Value.Single().IsActive);
    }

    [Fact]
    public async Task A_host_that_may_not_reach_us_is_said_to_need_its_administrator()
    {
        await using var stage = await GitLabStage.Start();
        stage.Host.AllowsLocalHooks = false;
        var (name, _) = await stage.AddRepository("acme/shop");
        var wish = new HookWish(new Uri("http://127.0.0.1:9/hooks/one"), Key);
        var made = await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, wish, Cancel);
        Assert.Equal("gitlab.hook-address", made.Failure?.Code);
    }

    [Fact]
    public async Task A_moved_projects_hooks_and_statuses_go_where_it_is_now()
    {
        await using var stage = await GitLabStage.Start();
        var (name, _) = await stage.AddRepository("acme/shop");
        var commit = await stage.Host.Bare.Commit(name, new Dictionary<string, string> { ["a"] = "b" });
        var now = stage.Rename(name, "store");
        var wish = new HookWish(new Uri("http://127.0.0.1:9/hooks/one"), Key);
        Assert.True((await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, wish, Cancel)).Ok);
        var link = new Uri("https://fairlead.example.com/builds/7");
        var status = new CommitStatus(CommitSha.Parse(commit), CommitState.Failure, "c", "It failed.", link);
        Assert.True((await ((IReportStatus)stage.Provider).ReportStatus(stage.Target, name, status, Cancel)).Ok);
        Assert.Equal("failed", Assert.Single(stage.Statuses(now, commit)).State);
        Assert.Single(stage.Host.Projects[now].Hooks);
    }

    [Fact]
    public async Task A_bad_or_late_signature_is_not_made_good_by_the_token_beside_it()
    {
        await using var stage = await GitLabStage.Start();
        await using var sink = await HookSink.Start();
        var (name, _) = await stage.AddRepository("acme/shop");
        await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, new HookWish(sink.Url, Key), Cancel);
        var (url, user, password) = stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        await work.Write("a", "1").Push("first");
        var post = (await sink.Wait(1, _ => true))[0];
        var receive = (IReceiveHooks)stage.Provider;
        Assert.True(receive.IsAuthentic(post.Header, post.Body, [Key]));
        foreach (var (header, value) in new[] { ("webhook-signature", "v1,AAAA"), ("webhook-id", "another") })
            Assert.False(receive.IsAuthentic(With(header, value), post.Body, [Key]));
        foreach (var minutes in new[] { -6, 6 })
        {
            var at = TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds();
            Assert.False(receive.IsAuthentic(With("webhook-timestamp", at.ToString()), post.Body, [Key]));
        }

        HeaderOf With(string header, string value) =>
            asked =>
                asked == header ? value
                : asked == "X-Gitlab-Token" ? Key.Reveal()
                : post.Header(asked);
    }

    [Fact]
    public async Task An_annotated_tag_is_told_by_the_commit_it_stands_for()
    {
        await using var stage = await GitLabStage.Start();
        await using var sink = await HookSink.Start();
        var (name, _) = await stage.AddRepository("acme/shop");
        await ((IManageHooks)stage.Provider).Hooks.Create(stage.Target, name, new HookWish(sink.Url, Key), Cancel);
        var (url, user, password) = stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        var commit = await work.Write("a", "1").Push("first");
        await work.Git("tag", "--annotate", "--message", "one", "v1");
        await work.Git("push", "--quiet", "origin", "v1");
        var receive = (IReceiveHooks)stage.Provider;
        var post = (await sink.Wait(2, _ => true))[1];
        var moved = (HostEvent.RefMoved)receive.Read(receive.EventName(post.Header), post.Body).Events.Single();
        Assert.Equal(commit, moved.Claim.After.Value);
    }
}
