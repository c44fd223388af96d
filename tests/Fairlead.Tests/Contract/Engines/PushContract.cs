using Fairlead.Core.Secrets;
using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;
using AskedLogin = Fairlead.Emulators.Registry.RegistryLogin;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>What is built arrives in a real registry, with the right to and only with it.</summary>
public abstract class PushContract(EngineFixture fixture) : EngineContract(fixture)
{
    [Fact]
    public async Task All_tags_name_the_digest_that_is_reported()
    {
        var image = await Built($"FROM {Base}\nRUN echo one > /one");
        var target = Fixture.Target("test/tags", "1.0", "latest");
        var pushed = await Pushed(image, target);
        Assert.Equal(pushed.Digest, await PushedContent.Digest(target, "1.0"));
        Assert.Equal(pushed.Digest, await PushedContent.Digest(target, "latest"));
    }

    [Fact]
    public async Task A_big_new_layer_arrives_whole_and_so_does_a_small_edit_on_it()
    {
        var content = new byte[48 << 20];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(Source["content"], content, Cancel);
        var target = Fixture.Target("test/big");
        var big = await Pushed(await Built($"FROM {Base}\nCOPY content /"), target);
        Assert.InRange(big.Size, 48 << 20, 52 << 20);
        Assert.Equal(big.Digest, await PushedContent.Digest(target, "1"));
        var edited = await Pushed(await Built($"FROM {Base}\nCOPY content /\nRUN echo edit > /edit"), target);
        Assert.InRange(edited.Size, 48 << 20, 52 << 20);
        Assert.Equal(edited.Digest, await PushedContent.Digest(target, "1"));
    }

    [Fact]
    public async Task A_token_service_the_engine_cannot_reach_is_asked_for_it()
    {
        await using var tokens = await TestTokenService.Start();
        var roots = Source.Write("roots.pem", tokens.RootCertificates);
        var login = new AskedLogin.Token(tokens.Realm, "registry.test", "test", roots);
        await using var registry = await RegistryHost.Start(new RegistryOptions(login));
        await Fixture.Use([new RegistryReach(registry.Host, PlainHttp: true)]);
        var image = await Built($"FROM {Base}\nRUN echo token");

        PushTarget Target(string repository, string password) =>
            new(registry.Host, repository, ["1"])
            {
                PlainHttp = true,
                Key = new RegistryKey(registry.Host, "robot", new Secret(password))
                {
                    Realm = tokens.Realm.AbsoluteUri,
                    PlainHttp = true,
                },
            };
        var target = Target("team/app", TestTokenService.Password);
        var pushed = await Pushed(image, target);
        Assert.StartsWith("sha256:", pushed.Digest);

        var denied = await Refused(image, Target("other/app", TestTokenService.Password));
        Assert.Equal("push.denied", denied.Code);
        var stranger = await Refused(image, Target("team/app", "wrong-password"));
        Assert.StartsWith("push.", stranger.Code);
        Assert.Equal(403, stranger.Status);
        Assert.DoesNotContain("wrong-password", stranger.Sentence + Log);
        await Built(
            $"FROM {target.Reference("1")}\nRUN echo based on it",
            build => build with { Keys = [target.Key!] }
        );
        var nobody = await Refused($"FROM {target.Reference("1")}");
        Assert.Equal("build.base-denied", nobody.Code);
    }

    [Fact]
    public async Task A_registry_with_its_own_authority_is_reached_with_user_and_password()
    {
        var address = HostAddresses.Own().FirstOrDefault(own => !own.StartsWith("127.", StringComparison.Ordinal));
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        using var authority = new TestAuthority();
        var options = RegistryOptions.Basic("robot", "right-password") with { Address = address };
        await using var registry = await RegistryHost.Start(options with { Certificate = authority.Issue(address) });
        var host = registry.Host;
        var image = await Built($"FROM {Base}\nRUN echo tls");
        var target = new PushTarget(host, "team/app", ["1"])
        {
            CertificateAuthorities = authority.Pem,
            Key = new RegistryKey(host, "robot", new Secret("right-password"))
            {
                CertificateAuthorities = authority.Pem,
            },
        };

        using var stranger = new TestAuthority("Stranger");
        await Fixture.Use([new RegistryReach(host, stranger.Pem)]);
        var before = Fixture.Process;
        var distrusting = target with { CertificateAuthorities = stranger.Pem };
        Assert.Equal("push.certificate", (await Refused(image, distrusting)).Code);
        Assert.Equal("build.base-certificate", (await Refused($"FROM {target.Reference("1")}")).Code);

        await Fixture.Use([new RegistryReach(host, authority.Pem)]);
        Assert.NotEqual(before, Fixture.Process);
        await Pushed(image, target);
        var denied = await Refused(image, target with { Key = target.Key! with { Password = new Secret("wrong") } });
        Assert.Equal("push.denied", denied.Code);
        await Built($"FROM {target.Reference("1")}\nRUN echo from tls", build => build with { Keys = [target.Key!] });
    }

    [Fact]
    public async Task A_registry_that_refuses_or_is_gone_is_named()
    {
        var image = await Built($"FROM {Base}\nRUN echo refused");
        await using (var proxy = await RegistryProxy.Start(Fixture.Registry.Url))
        {
            await Fixture.Use([new RegistryReach(proxy.Host, PlainHttp: true)]);
            proxy.RefusePush = 403;
            Assert.Equal("push.denied", (await Refused(image, Target(proxy.Host))).Code);
        }
        var gone = await Refused(image, Target("127.0.0.1:1"));
        Assert.Equal("push.unreachable", gone.Code);
        Assert.Equal("The registry 127.0.0.1:1 does not answer.", gone.Sentence);
    }

    private async Task<Core.Outcomes.Failure> Refused(BuiltImage image, PushTarget target)
    {
        var pushed = await Fixture.Engine.Push(image, target, Write, Cancel);
        Assert.False(pushed.Ok, "It was pushed.");
        return pushed.Failure;
    }

    private static PushTarget Target(string host) => new(host, "test/app", ["1"]) { PlainHttp = true };
}
