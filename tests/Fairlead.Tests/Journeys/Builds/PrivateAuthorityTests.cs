using Fairlead.Contracts.Builds;
using Fairlead.Emulators.Tls;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>
/// A certificate authority pasted into a connection reaches every hop, and where it is missing each hop says so.
/// </summary>
public sealed class PrivateAuthorityTests
{
    [Theory]
    [InlineData("buildkit", false)]
    [InlineData("buildkit", true)]
    [InlineData("buildah", false)]
    [InlineData("buildah", true)]
    public async Task It_reaches_git_builder_registry_and_token_service(string engine, bool tokens)
    {
        await using var stage = await TrustStage.Start(engine, tokens);
        Assert.Equal("trusted", (await stage.Verify("code")).Verdict.Kind);
        var verdict = (await stage.Verify("images")).Verdict;
        if (tokens)
        {
            Assert.Equal("oci.realm-unconfirmed", verdict.Code);
            verdict = (await stage.ConfirmRealm(stage.Tokens.Realm.AbsoluteUri)).Verdict;
        }
        Assert.Equal(("trusted", "robot"), (verdict.Kind, verdict.Identity));
        await stage.AddImage();

        var first = await stage.Built(await stage.Commit("FROM scratch\nCOPY hello /\n"));
        var again = await stage.Built(await stage.Commit("FROM scratch\nCOPY hello /\n", readme: "unrelated"));
        Assert.Equal((first.Id, first.Digest), (again.ReusedBuild, again.Digest));

        // Its digest is an input of the build: a base that can be told, through a connection of the image's own.
        var onBase = $"FROM {first.References[0]}\nCOPY hello /again\n";
        var based = await stage.Built(await stage.Commit(onBase));
        Assert.Null(based.ReusedBuild);
        var same = await stage.Built(await stage.Commit(onBase, readme: "unrelated, too"));
        Assert.Equal((based.Id, based.Digest), (same.ReusedBuild, same.Digest));
    }

    [Theory]
    [InlineData("buildkit")]
    [InlineData("buildah")]
    public async Task Without_it_each_hop_says_so(string engine)
    {
        await using var stage = await TrustStage.Start(engine);
        await stage.AddImage();
        var first = await stage.Built(await stage.Commit("FROM scratch\nCOPY hello /\n"));

        await stage.Distrust("images");
        Assert.Equal("reach.tls-untrusted", (await stage.Verify("images")).Verdict.Code);
        Fails(await stage.Build(await stage.Commit("FROM scratch\nCOPY hello /2\n")), "push", "push.certificate");
        var based = await stage.Build(await stage.Commit($"FROM {first.References[0]}\nCOPY hello /3\n"));
        Fails(based, "build", "build.base-certificate");
        await stage.Distrust("code");
        Assert.Equal("reach.tls-untrusted", (await stage.Verify("code")).Verdict.Code);
        Fails(await stage.Build(await stage.Commit("FROM scratch\n")), "source", "reach.tls-untrusted");
    }

    [Fact]
    public async Task An_expired_certificate_has_a_sentence_of_its_own()
    {
        using var other = new TestAuthority();
        await using var stage = await TrustStage.Start("buildkit", git: other.IssueExpired("127.0.0.1"));
        await stage.AddImage();
        Assert.Equal("reach.tls-expired", (await stage.Verify("code")).Verdict.Code);

        var failed = await stage.Build(await stage.Commit("FROM scratch\nCOPY hello /\n"));

        Fails(failed, "source", "reach.tls-expired");
        Assert.Equal("The certificate of 127.0.0.1 has expired or is not valid yet.", failed.Failure!.Title);
    }

    private static void Fails(BuildInfo build, string phase, string code)
    {
        Assert.Equal(("failed", phase, code), (build.State, build.Phase, build.Failure?.Code));
        Assert.False(string.IsNullOrEmpty(build.Failure!.Remedy));
    }
}
