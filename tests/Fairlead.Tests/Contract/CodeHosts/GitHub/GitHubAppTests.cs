using System.Text.Json;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>What only an App does, and what only an App runs into.</summary>
public sealed class GitHubAppTests : IAsyncLifetime
{
    private const string Until = "until an owner of acme accepts the App's new permissions";
    private GitHubAppStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IVerify Verify => (IVerify)_stage.Provider;

    public async ValueTask InitializeAsync() => _stage = await GitHubAppStage.StartApp();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false, 40)]
    [InlineData(true, 520)]
    public async Task A_job_gets_a_key_that_reads_one_repository_and_ends(bool longTokens, int length)
    {
        _stage.Host.LongTokens = longTokens;
        var (shop, _) = await _stage.AddRepository("acme/shop");
        var (other, _) = await _stage.AddRepository("acme/other");
        var commit = await Push(shop);
        await Push(other);
        var minted = Good(await Mint(shop));
        Assert.Equal(
            ("x-access-token", false, length),
            (minted.Username, minted.Static, minted.Password!.Reveal().Length)
        );
        Assert.InRange(
            minted.ExpiresAt!.Value - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(50),
            TimeSpan.FromHours(1)
        );
        using var work = await WorkCopy.Of(_stage.Host.UrlOf(shop), minted.Username!, minted.Password.Reveal());
        await work.Git("fetch", "--quiet", "origin", commit);
        await Assert.ThrowsAnyAsync<Exception>(() => work.Git("push", "--quiet", "origin", "FETCH_HEAD:refs/heads/x"));
        using var stranger = await WorkCopy.Of(_stage.Host.UrlOf(other), minted.Username!, minted.Password.Reveal());
        await Assert.ThrowsAnyAsync<Exception>(() => stranger.Git("fetch", "--quiet", "origin", "main"));
    }

    [Fact]
    public async Task One_token_serves_many_calls_at_once_and_one_taken_back_is_minted_anew()
    {
        await _stage.AddRepository("acme/shop");
        var browse = (IListRepositories)_stage.Provider;
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(async _ => Good(await browse.ListRepositories(_stage.Target, Cancel)))
        );
        var first = Assert.Single(Minted());
        first.IsRevoked = true;
        Assert.Single(Good(await browse.ListRepositories(_stage.Target, Cancel)));
        Assert.Equal(2, Minted().Count);
    }

    [Fact]
    public async Task A_token_is_minted_anew_before_it_ends()
    {
        _stage.Host.TokenLife = TimeSpan.FromMinutes(4);
        var browse = (IListRepositories)_stage.Provider;
        Good(await browse.ListRepositories(_stage.Target, Cancel));
        Good(await browse.ListRepositories(_stage.Target, Cancel));
        Assert.Equal(2, Minted().Count);
    }

    [Fact]
    public async Task What_is_missing_and_what_is_too_much_is_named()
    {
        _stage.Installed.App.Permissions = new Dictionary<string, string>(GitHubApp.Enough) { ["issues"] = "write" };
        _stage.Installed.Permissions = new Dictionary<string, string>
        {
            ["contents"] = "write",
            ["metadata"] = "read",
            ["repository_hooks"] = "read",
            ["issues"] = "write",
        };
        var verdict = await Verify.Verify(_stage.Target, Cancel);
        Assert.Equal(VerdictKind.Trusted, verdict.Kind);
        Assert.Equal(
            [
                $"repository_hooks:write: hooks cannot be registered {Until}",
                $"statuses:write: commit statuses cannot be set {Until}",
                $"pull_requests:read: pull requests cannot be built {Until}",
            ],
            verdict.Missing
        );
        Assert.Equal(["repository_hooks:read", "issues:write", "all repositories, present and future"], verdict.Excess);
    }

    [Fact]
    public async Task A_suspended_installation_says_who_can_lift_that()
    {
        await _stage.AddRepository("acme/shop");
        Good(await Mint("acme/shop"));
        _stage.Installed.SuspendedAt = TimeProvider.System.GetUtcNow();
        var verdict = await Verify.Verify(_stage.Target, Cancel);
        Assert.Equal((VerdictKind.Rejected, "github.app-suspended"), (verdict.Kind, verdict.Code));
        Assert.Equal("github.app-suspended", (await Mint("acme/shop")).Failure?.Code);
    }

    [Fact]
    public async Task Another_installation_or_none_is_told_from_a_wrong_key()
    {
        var others = _stage.Host.Install("others", "acme");
        var target = _stage.Target;
        var settings = new Dictionary<string, string>(target.Settings) { ["installation"] = $"{others.Id}" };
        var wrong = new Target
        {
            Settings = settings,
            Secrets = target.Secrets,
            Reach = target.Reach,
        };
        var verdict = await Verify.Verify(wrong, Cancel);
        Assert.Equal(
            (VerdictKind.Rejected, "github.installation-unknown", "installation"),
            (verdict.Kind, verdict.Code, verdict.Field)
        );
        _stage.Installed.App.KeyIsDeleted = true;
        verdict = await Verify.Verify(target, Cancel);
        Assert.Equal(
            (VerdictKind.Rejected, "host.login-refused", "privateKey"),
            (verdict.Kind, verdict.Code, verdict.Field)
        );
    }

    [Fact]
    public async Task A_repository_outside_the_installation_is_said_to_be()
    {
        await _stage.AddRepository("acme/shop");
        var (hidden, _) = await _stage.AddRepository("acme/hidden");
        _stage.Installed.Selected = [_stage.Host.Repositories["acme/shop"].Id];
        var browse = (IListRepositories)_stage.Provider;
        Assert.Equal("acme/shop", Assert.Single(Good(await browse.ListRepositories(_stage.Target, Cancel))).Name);
        var failure = (await Mint(hidden)).Failure;
        Assert.Equal(("host.not-found", "repository"), (failure?.Code, failure?.Field));
    }

    [Fact]
    public async Task Keys_of_both_shapes_are_taken_and_everything_else_is_refused_at_its_field()
    {
        var key = _stage.Installed.App.Key;
        foreach (var pem in new[] { key.ExportRSAPrivateKeyPem(), key.ExportPkcs8PrivateKeyPem() })
        {
            Assert.True((await Prepare(pem)).Ok);
            Assert.Equal(VerdictKind.Trusted, (await Verify.Verify(_stage.Of(_stage.Installed, pem), Cancel)).Kind);
        }
        var cut = key.ExportRSAPrivateKeyPem()[..200];
        foreach (var odd in new[] { key.ExportRSAPublicKeyPem(), cut, "ghp_token", "-----BEGIN CERTIFICATE-----" })
        {
            var failure = (await Prepare(odd)).Failure;
            Assert.Equal(("github.not-a-key", "privateKey"), (failure?.Code, failure?.Field));
        }
    }

    [Fact]
    public async Task The_official_client_signs_in_as_the_app()
    {
        await _stage.AddRepository("acme/shop");
        await _stage.AddRepository("acme/other");
        var installed = _stage.Installed;
        var said = await NodeProgram.Run(
            "github-app.mjs",
            installed.App.Key.ExportRSAPrivateKeyPem(),
            $"{_stage.Host.Url}api/v3",
            installed.App.ClientId,
            $"{installed.Id}"
        );
        var found = JsonDocument.Parse(said).RootElement;
        Assert.Equal("builds", found.GetProperty("app").GetString());
        Assert.Equal(2, found.GetProperty("listed").GetInt32());
        Assert.Equal("[\"acme/shop\"]", found.GetProperty("scoped").GetRawText());
        Assert.Equal("read", found.GetProperty("contents").GetString());
        Assert.Equal((404, 401), (found.GetProperty("other").GetInt32(), found.GetProperty("refused").GetInt32()));
    }

    private Task<Outcome<PreparedCredential>> Prepare(string pem) =>
        ((IPrepareCredential)_stage.Provider).Prepare(
            _stage.Target.Settings,
            new Dictionary<string, Secret> { ["privateKey"] = new Secret(pem) },
            Cancel
        );

    private Task<Outcome<GitCredential>> Mint(string repository) =>
        ((IMintGitCredential)_stage.Provider).MintGitCredential(_stage.Target, repository, Cancel);

    private List<GitHubToken> Minted() => [.. _stage.Host.Tokens.Where(token => token.Installation is not null)];

    private async Task<string> Push(string repository)
    {
        var (url, user, password) = _stage.Git(repository);
        using var work = await WorkCopy.Of(url, user, password);
        return await work.Write("a", repository).Push("first");
    }

    private static T Good<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
        return outcome.Value;
    }
}
