using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Programs;
using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Providers;
using Fairlead.Providers.PrivateRegistry;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>The private registry kind against the real docker-registry.</summary>
public sealed class PrivateRegistryTests : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly PrivateRegistry _kind = new(Outside.Of(TimeProvider.System));

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task The_verdict_says_who_is_in_and_why_not()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Basic("ada", "right"));
        var trusted = await Verify(Target(registry.Url));
        Assert.Equal((VerdictKind.Trusted, "ada"), (trusted.Kind, trusted.Identity));
        Is(
            await Verify(Target(registry.Url, password: "wrong")),
            VerdictKind.Rejected,
            "oci.login-refused",
            "password"
        );
        Is(await Verify(Target(registry.Url, user: null)), VerdictKind.Rejected, "oci.login-needed", "username");
        Is(await Verify(Target(registry.Url, reach: [])), VerdictKind.Misconfigured, "reach.address-private", "url");
        var closed = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        Is(await Verify(Target(closed)), VerdictKind.Unreachable, "reach.refused", "url");
        await using var other = await RegistryProxy.Start(registry.Url);
        other.Fault = new Fault.Html();
        Is(await Verify(Target(other.Url)), VerdictKind.Misconfigured, "oci.not-a-registry", "url");
        other.Fault = new Fault.Redirect(registry.Url);
        Is(await Verify(Target(other.Url)), VerdictKind.Misconfigured, "reach.redirected", "url");
        other.Fault = new Fault.Answer(503);
        Assert.Equal(VerdictKind.Unreachable, (await Verify(Target(other.Url))).Kind);
    }

    [Fact]
    public async Task An_open_registry_is_trusted_as_nobody()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Open);
        var verdict = await Verify(Target(registry.Url, user: null));
        Assert.Equal((VerdictKind.Trusted, null), (verdict.Kind, verdict.Identity));
    }

    [Fact]
    public async Task Its_certificate_is_judged_and_its_authority_taken()
    {
        using var authority = new TestAuthority();
        var options = RegistryOptions.Basic("ada", "right") with { Certificate = authority.Issue("127.0.0.1") };
        await using var registry = await RegistryHost.Start(options);
        Is(await Verify(Target(registry.Url)), VerdictKind.Misconfigured, "reach.tls-untrusted", "ca");
        Assert.Equal(VerdictKind.Trusted, (await Verify(Target(registry.Url, ca: authority.Pem))).Kind);
        using var own = TestAuthority.SelfSigned("127.0.0.1");
        await using var second = await RegistryHost.Start(options with { Certificate = own });
        var verdict = await Verify(Target(second.Url));
        Assert.NotNull(verdict.Proposal);
        Assert.Equal(VerdictKind.Trusted, (await Verify(Target(second.Url, ca: verdict.Proposal.Value))).Kind);
    }

    [Fact]
    public async Task A_realm_elsewhere_gets_no_password_before_it_is_confirmed()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Basic("ada", "right"));
        await using var thief = await RegistryProxy.Start(registry.Url);
        await using var hostile = await RegistryProxy.Start(registry.Url);
        hostile.HostileRealm = new Uri(thief.Url, "token");
        var verdict = await Verify(Target(hostile.Url));
        Is(verdict, VerdictKind.Misconfigured, "oci.realm-unconfirmed", "realm");
        Assert.Equal(hostile.HostileRealm.AbsoluteUri, verdict.Proposal!.Value);
        Assert.Empty(thief.Requests.All);

        var pinned = Target(hostile.Url, realm: "https://auth.example/token");
        Is(await Verify(pinned), VerdictKind.Rejected, "oci.realm-moved", "realm");
        Is(
            await Verify(Target(registry.Url, realm: "https://auth.example/token")),
            VerdictKind.Rejected,
            "oci.realm-moved",
            "realm"
        );
        Assert.Empty(thief.Requests.All);

        // The control: once confirmed, the login does go there.
        await Verify(Target(hostile.Url, realm: verdict.Proposal.Value));
        Assert.Contains(thief.Requests.All, request => request.User == "ada");
    }

    [Fact]
    public async Task Tags_and_manifests_are_read_written_and_deleted()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Basic("ada", "right"));
        var target = Target(registry.Url);
        var pushed = TinyImage.Write(_dir.Sub("image"), "one");
        string[] copy =
        [
            "copy",
            "--preserve-digests",
            "--dest-creds",
            "ada:right",
            "--dest-tls-verify=false",
            $"oci:{_dir["image"]}",
        ];
        await Tool.Run("skopeo", ["--insecure-policy", .. copy, $"docker://{registry.Host}/team/app:v1"]);
        Assert.Equal(["v1"], (await _kind.Tags(target, "team/app", default)).Value);
        Assert.Empty((await _kind.Tags(target, "team/none", default)).Value);
        var manifest = (await _kind.Manifest(target, "team/app", "v1", default)).Value;
        Assert.Equal(pushed, manifest.Digest);
        Assert.True(manifest.Size > 0);
        Assert.Equal(["linux/amd64"], manifest.Platforms);
        Assert.True((await _kind.PutManifest(target, "team/app", "v2", manifest, default)).Ok);
        Assert.Equal(manifest.Digest, (await _kind.Manifest(target, "team/app", "v2", default)).Value.Digest);
        Assert.True((await _kind.DeleteManifest(target, "team/app", manifest.Digest, default)).Ok);
        Assert.Equal("oci.manifest-unknown", (await _kind.Manifest(target, "team/app", "v1", default)).Failure!.Code);
        Assert.Equal(
            "oci.manifest-unknown",
            (await _kind.DeleteManifest(target, "team/app", manifest.Digest, default)).Failure!.Code
        );
    }

    [Theory]
    [InlineData("../x", "v1", "oci.repository-name")]
    [InlineData("Team/App", "v1", "oci.repository-name")]
    [InlineData("team/app", "v 1", "oci.reference")]
    [InlineData("team/app", "../../x", "oci.reference")]
    public async Task Names_that_are_none_reach_no_registry(string repository, string tag, string code) =>
        Assert.Equal(
            code,
            (await _kind.Manifest(Target(new Uri("https://h.example")), repository, tag, default)).Failure!.Code
        );

    [Fact]
    public async Task An_endless_answer_is_cut()
    {
        await using var endless = await EndlessHost.Start();
        Is(await Verify(Target(endless.Url)), VerdictKind.Misconfigured, "reach.too-big", null);
    }

    private Task<Verdict> Verify(Target target) => _kind.Verify(target, default);

    private static void Is(Verdict verdict, VerdictKind kind, string code, string? field)
    {
        Assert.Equal((kind, code, field), (verdict.Kind, verdict.Code, verdict.Field));
        Assert.False(string.IsNullOrEmpty(verdict.Remedy));
    }

    private static Target Target(
        Uri url,
        string? user = "ada",
        string password = "right",
        IReadOnlyList<ReachRule>? reach = null,
        string? ca = null,
        string? realm = null
    )
    {
        var settings = new Dictionary<string, string> { ["url"] = url.ToString().TrimEnd('/') };
        foreach (var (name, value) in new[] { ("username", user), ("ca", ca), ("realm", realm) })
            if (value is not null)
                settings[name] = value;
        return new Target
        {
            Settings = settings,
            Secrets = user is null ? [] : new Dictionary<string, Secret> { ["password"] = new(password) },
            Reach = reach ?? Reach.Loopback,
        };
    }
}
