using System.Security.Cryptography.X509Certificates;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;
using AskedLogin = Fairlead.Emulators.Registry.RegistryLogin;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// A registry is believed by its certificate, and a password goes to whom it was confirmed for, though the engine
/// itself takes everything behind a door to this machine on trust.
/// </summary>
public abstract class TrustContract(EngineFixture fixture) : EngineContract(fixture)
{
    private const string Password = TestTokenService.Password;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_private_authority_is_believed_from_base_to_push(bool tokenService)
    {
        var address = HostAddresses.Own().FirstOrDefault(own => !own.StartsWith("127.", StringComparison.Ordinal));
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        using var authority = new TestAuthority();
        await using var tokens = await TestTokenService.Start(authority.Issue("127.0.0.1"));
        var options = new RegistryOptions(tokenService ? Token(tokens) : Basic) { Address = address };
        await using var registry = await RegistryHost.Start(options with { Certificate = authority.Issue(address) });
        await Fixture.Use([new RegistryReach(registry.Host, authority.Pem)]);
        var target = Target(registry, authority, tokenService ? tokens : null);

        await Pushed(await Built($"FROM {Base}\nRUN echo trust"), target);
        var based = await Built($"FROM {target.Reference("1")}\nRUN echo on it", Keys(target.Key!));
        await Pushed(based, target with { Repository = "team/based" });
    }

    [Theory]
    [InlineData("stranger", "certificate", "shows a certificate of an authority that is not trusted here.")]
    [InlineData("expired", "certificate-expired", "has expired or is not valid yet.")]
    [InlineData("other", "certificate-name", "is for another host.")]
    public async Task A_registry_that_cannot_be_believed_gets_nothing(string wrong, string code, string words)
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority("Stranger");
        var certificate = wrong switch
        {
            "stranger" => stranger.Issue("127.0.0.1"),
            "expired" => authority.IssueExpired("127.0.0.1"),
            _ => authority.Issue("registry.example"),
        };
        await using var registry = await Registry(Basic, certificate);
        await Fixture.Use([new RegistryReach(registry.Host, authority.Pem)]);
        var target = Target(registry, authority, null);
        var image = await Built($"FROM {Base}\nRUN echo not trusted");

        var pushed = await Fixture.Engine.Push(image, target, Write, Cancel);
        var based = await Refused($"FROM {target.Reference("1")}", Keys(target.Key!));

        Assert.Equal("push." + code, pushed.Failure?.Code);
        Assert.EndsWith(words, pushed.Failure!.Sentence);
        Assert.Equal("build.base-" + code, based.Code);
        Assert.EndsWith(words, based.Sentence);
        Assert.False(string.IsNullOrEmpty(based.Remedy));
    }

    [Fact]
    public async Task A_registry_that_names_another_token_service_gets_no_password()
    {
        await using var thief = await TestTokenService.Start();
        await using var hostile = await RegistryProxy.Start(Fixture.Registry.Url);
        hostile.HostileRealm = thief.Realm;
        await Fixture.Use([new RegistryReach(hostile.Host, PlainHttp: true)]);
        var image = await Built($"FROM {Base}\nRUN echo thief");
        foreach (var realm in new[] { null, "https://auth.example/token" })
        {
            var target = Plain(hostile.Host, realm);
            var pushed = await Fixture.Engine.Push(image, target, Write, Cancel);
            Assert.Equal("push.realm-moved", pushed.Failure?.Code);
            var based = await Refused($"FROM {hostile.Host}/test/busybox:1", Keys(target.Key!));
            Assert.Equal("build.base-realm-moved", based.Code);
        }
        Assert.Empty(thief.Asked);

        // The control: confirmed, the login does go there.
        await Fixture.Engine.Push(image, Plain(hostile.Host, thief.Realm.AbsoluteUri), Write, Cancel);
        Assert.Contains("with a login", thief.Asked);
    }

    [Fact]
    public async Task A_base_for_everyone_is_pulled_as_nobody_though_a_token_is_wanted()
    {
        await using var tokens = await TestTokenService.Start();
        await using var registry = await Registry(Token(tokens), null);
        await Fixture.Use([new RegistryReach(registry.Host, PlainHttp: true)]);
        var target = Plain(registry.Host, tokens.Realm.AbsoluteUri) with { Repository = "team/open" };
        await Pushed(await Built($"FROM {Base}\nRUN echo open"), target);
        await Pushed(await Built($"FROM {Base}\nRUN echo closed"), target with { Repository = "team/closed" });

        var nobody = RegistryKey.None(registry.Host) with { PlainHttp = true };
        await Built($"FROM {registry.Host}/team/open:1\nRUN echo based", Keys(nobody));
        var closed = await Refused($"FROM {registry.Host}/team/closed:1", Keys(nobody));
        Assert.Equal("build.base-denied", closed.Code);
    }

    private static AskedLogin Basic { get; } =
        new AskedLogin.Basic(new Dictionary<string, string> { ["robot"] = Password });

    private AskedLogin Token(TestTokenService tokens) =>
        new AskedLogin.Token(tokens.Realm, "registry.test", "test", Source.Write("roots.pem", tokens.RootCertificates));

    private static Task<RegistryHost> Registry(AskedLogin login, X509Certificate2? certificate) =>
        RegistryHost.Start(new RegistryOptions(login) { Certificate = certificate });

    private static PushTarget Target(RegistryHost registry, TestAuthority authority, TestTokenService? tokens) =>
        new(registry.Host, "team/app", ["1"])
        {
            CertificateAuthorities = authority.Pem,
            Key = new RegistryKey(registry.Host, "robot", new Secret(Password))
            {
                Realm = tokens?.Realm.AbsoluteUri,
                CertificateAuthorities = authority.Pem,
            },
        };

    private static PushTarget Plain(string host, string? realm) =>
        new(host, "team/app", ["1"])
        {
            PlainHttp = true,
            Key = new RegistryKey(host, "robot", new Secret(Password)) { Realm = realm, PlainHttp = true },
        };

    private static Func<ImageBuild, ImageBuild> Keys(RegistryKey key) => build => build with { Keys = [key] };
}
