using System.Security.Cryptography.X509Certificates;
using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Tls;
using Fairlead.Providers;
using Fairlead.Providers.PlainGit;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>The plain Git kind against real hosts: the verdict a person reads.</summary>
public sealed class PlainGitTests : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly PlainGit _git = new(Outside.Of(TimeProvider.System));

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task Trusted_says_as_whom_and_what_it_sees()
    {
        await using var host = await Host();
        await host.Repositories.Tag("app", "v1");
        var verdict = await Verify(Target(host));
        Assert.Equal(VerdictKind.Trusted, verdict.Kind);
        Assert.Equal("Reads 1 branch and 1 tag.", verdict.Sentence);
        Assert.Equal("ada", verdict.Identity);
        var refs = (await _git.ListRefs(Target(host), "", null, default)).Value;
        Assert.Equal("main", refs.DefaultBranch);
        Assert.Equal(["refs/heads/main", "refs/tags/v1"], refs.Heads.Select(head => head.Ref.Full));
    }

    [Fact]
    public async Task Annotated_tags_name_their_commit()
    {
        await using var host = await Host();
        var path = host.Repositories.PathOf("app");
        await Git.Run(path, "tag", "-a", "-m", "note", "v2", "main");
        var refs = (await _git.ListRefs(Target(host), "", null, default)).Value;
        var main = refs.Heads.Single(head => head.Ref.Kind == RefKind.Branch).Commit;
        Assert.Equal(main, refs.Heads.Single(head => head.Ref.Full == "refs/tags/v2").Commit);
    }

    [Fact]
    public async Task An_empty_repository_is_fine_and_says_so()
    {
        await using var host = await Host();
        await host.AddRepository("empty");
        var verdict = await Verify(Target(host, "empty"));
        Assert.Equal(
            (VerdictKind.Trusted, "The repository answers and is still empty."),
            (verdict.Kind, verdict.Sentence)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_web_page_is_told_apart_from_an_empty_repository(bool oneLine)
    {
        await using var host = await Host();
        host.Fault = new Fault.Html(oneLine);
        var verdict = await Verify(Target(host));
        Is(verdict, VerdictKind.Misconfigured, "git.not-a-repository", "url");
        Assert.Equal("127.0.0.1 answers at this address with a web page or the like, not with Git.", verdict.Sentence);
        var listed = await _git.ListRefs(Target(host), "", null, TestContext.Current.CancellationToken);
        Assert.Equal("git.not-a-repository", listed.Failure?.Code);
    }

    [Fact]
    public async Task Rejected_unreachable_and_misconfigured_say_why()
    {
        await using var host = await Host();
        Is(await Verify(Target(host, password: "wrong")), VerdictKind.Rejected, "git.login-refused", "password");
        Is(await Verify(Target(host, "absent")), VerdictKind.Misconfigured, "git.repository-not-found", "url");
        Is(await Verify(Target(host, reach: [])), VerdictKind.Misconfigured, "reach.address-private", "url");
        var tls = Reach.Loopback.Select(rule => rule with { PlainHttp = false }).ToList();
        Is(await Verify(Target(host, reach: tls)), VerdictKind.Misconfigured, "reach.plain-http", "url");
        var closed = $"https://127.0.0.1:{FreePort.Next()}/app.git";
        Is(await Verify(Target(closed)), VerdictKind.Unreachable, "reach.refused", "url");
        Is(await Verify(Target("https://no-such.invalid/a")), VerdictKind.Unreachable, "reach.host-unknown", "url");
        host.Fault = new Fault.Redirect(new Uri("http://127.0.0.1:1/"));
        Is(await Verify(Target(host)), VerdictKind.Misconfigured, "reach.redirected", "url");
    }

    [Fact]
    public async Task A_public_repository_made_private_says_so_with_a_login_and_without()
    {
        await using var host = await Host();
        var nobody = Of(new Dictionary<string, string> { ["url"] = host.UrlOf("app").ToString() }, NoSecrets);
        host.Permit("app", GitPermissions.Everyone with { AnonymousRead = true });
        Assert.True((await List(nobody)).Ok);
        host.Permit("app", new GitPermissions(["bob"], ["bob"]));
        foreach (var target in new[] { nobody, Target(host) })
            Assert.Contains("private", (await List(target)).Failure?.Sentence);

        Task<Core.Outcomes.Outcome<RefList>> List(Target target) =>
            _git.ListRefs(target, "", null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_proposed_with_its_fingerprint_and_then_trusted()
    {
        using var own = TestAuthority.SelfSigned("127.0.0.1");
        await using var host = await Host(own);
        var verdict = await Verify(Target(host));
        Is(verdict, VerdictKind.Misconfigured, "reach.tls-self-signed", "ca");
        Assert.Contains("SHA-256", verdict.Proposal!.Shown);
        var trusting = Target(host, settings: new() { [verdict.Proposal.Setting] = verdict.Proposal.Value });
        Assert.Equal(VerdictKind.Trusted, (await Verify(trusting)).Kind);
    }

    [Fact]
    public async Task Other_certificates_are_refused_and_an_authority_is_taken()
    {
        using var authority = new TestAuthority();
        var ca = new Dictionary<string, string> { ["ca"] = authority.Pem };
        await using var good = await Host(authority.Issue("127.0.0.1"));
        Is(await Verify(Target(good)), VerdictKind.Misconfigured, "reach.tls-untrusted", "ca");
        Assert.Equal(VerdictKind.Trusted, (await Verify(Target(good, settings: ca))).Kind);
        await using var expired = await Host(authority.IssueExpired("127.0.0.1"));
        Is(await Verify(Target(expired, settings: ca)), VerdictKind.Unreachable, "reach.tls-expired", "url");
        await using var other = await Host(authority.Issue("other.example"));
        Is(await Verify(Target(other, settings: ca)), VerdictKind.Misconfigured, "reach.tls-wrong-name", "url");
    }

    [Fact]
    public async Task Ssh_host_keys_are_proposed_confirmed_and_watched()
    {
        var made = (await _git.Prepare(new Dictionary<string, string> { ["auth"] = "key" }, NoSecrets, default)).Value;
        await using var host = await SshGitHost.Start(_dir.Sub("ssh"), [made.Shown["publicKey"]]);
        await host.Repositories.Create("app");
        var settings = new Dictionary<string, string>
        {
            ["url"] = host.UrlOf("app").ToString(),
            ["auth"] = "key",
            ["publicKey"] = made.Shown["publicKey"],
        };
        var first = await Verify(Of(settings, made.Secrets));
        Is(first, VerdictKind.Misconfigured, "git.host-key-unknown", "hostKeys");
        Assert.StartsWith("SHA256:", first.Proposal!.Shown);
        Assert.Equal(host.KnownHostsLine, first.Proposal.Value);
        settings["hostKeys"] = first.Proposal.Value;
        var confirmed = await Verify(Of(settings, made.Secrets));
        Assert.Equal(VerdictKind.Trusted, confirmed.Kind);
        Assert.StartsWith("SHA256:", confirmed.Identity);
        await host.SwapHostKey();
        var changed = await Verify(Of(settings, made.Secrets));
        Is(changed, VerdictKind.Rejected, "git.host-key-changed", "hostKeys");
        Assert.Equal("127.0.0.1 shows another host key than the one that was confirmed.", changed.Sentence);
        Assert.Equal(host.KnownHostsLine, changed.Proposal!.Value);
    }

    [Fact]
    public async Task Pasted_keys_are_understood_or_refused()
    {
        var auth = new Dictionary<string, string> { ["auth"] = "key" };
        var (key, pub) = await SshGitHost.MakeKey();
        var windows = new Dictionary<string, Secret> { ["sshKey"] = new(key.Replace("\n", "\r\n")) };
        var shown = (await _git.Prepare(auth, windows, default)).Value.Shown["publicKey"];
        Assert.Equal(pub.Split(' ')[1], shown.Split(' ')[1]);
        var rubbish = new Dictionary<string, Secret> { ["sshKey"] = new("rubbish") };
        Assert.Equal("git.key-unreadable", (await _git.Prepare(auth, rubbish, default)).Failure!.Code);
    }

    private static readonly Dictionary<string, Secret> NoSecrets = [];

    private Task<Verdict> Verify(Target target) => _git.Verify(target, default);

    private static void Is(Verdict verdict, VerdictKind kind, string code, string field)
    {
        Assert.Equal((kind, code, field), (verdict.Kind, verdict.Code, verdict.Field));
        Assert.False(string.IsNullOrEmpty(verdict.Remedy));
    }

    private async Task<PlainGitHost> Host(X509Certificate2? certificate = null)
    {
        var host = await PlainGitHost.Start(_dir.Sub(Guid.NewGuid().ToString("N")), 0, certificate);
        host.AddUser("ada", "right");
        await host.AddRepository("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        return host;
    }

    private static Target Target(
        PlainGitHost host,
        string name = "app",
        string password = "right",
        IReadOnlyList<ReachRule>? reach = null,
        Dictionary<string, string>? settings = null
    ) => Target(host.UrlOf(name).ToString(), password, reach, settings);

    private static Target Target(
        string url,
        string password = "right",
        IReadOnlyList<ReachRule>? reach = null,
        Dictionary<string, string>? settings = null
    ) =>
        Of(
            new Dictionary<string, string>(settings ?? [])
            {
                ["url"] = url,
                ["auth"] = "password",
                ["username"] = "ada",
            },
            new Dictionary<string, Secret> { ["password"] = new(password) },
            reach
        );

    private static Target Of(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        IReadOnlyList<ReachRule>? reach = null
    ) =>
        new()
        {
            Settings = settings,
            Secrets = secrets,
            Reach = reach ?? Reach.Loopback,
        };
}
