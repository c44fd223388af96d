using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Runner.Images;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Tests.Contract.Engines;

[Collection("buildkit")]
public sealed class BuildKitBuildContract(BuildKitFixture fixture) : BuildContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitFailureContract(BuildKitFixture fixture) : FailureContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitLimitContract(BuildKitFixture fixture) : LimitContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitEscapeContract(BuildKitFixture fixture) : EscapeContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitPushContract(BuildKitFixture fixture) : PushContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitPlatformContract(BuildKitFixture fixture) : PlatformContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitTrustContract(BuildKitFixture fixture) : TrustContract(fixture)
{
    [Fact]
    public async Task A_base_over_TLS_on_loopback_is_told_to_be_out_of_dockers_reach()
    {
        using var authority = new TestAuthority();
        var options = RegistryOptions.Open with { Certificate = authority.Issue("127.0.0.1") };
        await using var registry = await RegistryHost.Start(options);
        await Fixture.Use([new RegistryReach(registry.Host, authority.Pem)]);
        var key = RegistryKey.None(registry.Host) with { CertificateAuthorities = authority.Pem };
        var failure = await Refused($"FROM {registry.Host}/team/app:1", build => build with { Keys = [key] });
        Assert.Equal("build.base-loopback-tls", failure.Code);
    }
}

[Collection("buildkit")]
public sealed class BuildKitTidyingTests(BuildKitFixture fixture) : EngineContract(fixture)
{
    [Fact]
    public async Task Images_of_past_jobs_go_and_their_layers_stay()
    {
        var dockerfile = $"FROM {Base}\nRUN cat /proc/uptime > /stamp";
        var image = await Built(dockerfile);
        for (var jobs = 0; jobs < 20; jobs++)
            await Fixture.Use([]);
        var pushed = await Fixture.Engine.Push(image, Fixture.Target("test/tidy"), Write, Cancel);
        Assert.False(pushed.Ok);
        Assert.Equal(image.Id, (await Built(dockerfile)).Id);
        await Pushed(image, Fixture.Target("test/tidy"));
    }
}

[Collection("buildkit")]
public sealed class BuildKitApartTests(BuildKitFixture fixture) : ApartContract(fixture);
