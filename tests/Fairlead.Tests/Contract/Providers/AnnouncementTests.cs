using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>What people see of a host's announcement is text, short, and holds nothing that was sent to it.</summary>
public sealed class AnnouncementTests
{
    private const string Nothing = "See the host's change log. ";

    [Theory]
    [InlineData(
        """{"message": "Gone.", "documentation_url": "https://docs.example/a?b=c"}""",
        "(https://docs.example/a). "
    )]
    [InlineData("""{"error": {"message": "\u202eGone\u0007 \"now\""}}""", "The host says: \"Gone 'now'\". ")]
    [InlineData("""{"message": "We know ghp_aaaaaaaaaaaaaaaaaaaaaaaa"}""", "says: \"We know ...\". ")]
    [InlineData("""{"message": "a", "announcement_url": "http://docs.example/"}""", "says: \"a\". ")]
    [InlineData("""{"message": "a", "announcement_url": "javascript:alert(1)"}""", "says: \"a\". ")]
    [InlineData("""{"message": "a", "announcement_url": "https://ada:pw@docs.example/"}""", "says: \"a\". ")]
    [InlineData(
        """{"message": "a", "announcement_url": "https://docs.example/aaaaaaaaaaaaaaaaaaaaaaaa"}""",
        ": \"a\". "
    )]
    [InlineData("""{"error": "gone", "message": 7, "documentation_url": {}}""", Nothing)]
    [InlineData("""["gone"]""", Nothing)]
    [InlineData("gone", Nothing)]
    public async Task Of_an_announcement_this_is_seen(string body, string seen)
    {
        await using var stage = await BitbucketStage.Start();
        Assert.Contains(seen, await Remedy(stage, body));
    }

    [Fact]
    public async Task A_long_one_is_cut()
    {
        await using var stage = await BitbucketStage.Start();
        var remedy = await Remedy(stage, $"{{\"message\": \"{string.Join(' ', Enumerable.Repeat("gone", 500))}\"}}");
        Assert.Contains("...\". ", remedy);
        Assert.InRange(remedy.Length, 200, 400);
    }

    private static async Task<string> Remedy(BitbucketStage stage, string body)
    {
        stage.Break(new Fault.SwitchedOff(body));
        var host = (IListRepositories)stage.Provider;
        var gone = (await host.ListRepositories(stage.Target, TestContext.Current.CancellationToken)).Failure;
        Assert.Equal("host.gone", gone?.Code);
        return gone!.Remedy!;
    }
}
