using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;
using Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitLab;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>A host that was asked too often is left alone for as long as it says (facts/codehosts.md 2.5).</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task GitHubs_first_limit_ends_when_its_header_says()
    {
        var reset = TimeProvider.System.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds();
        await using var stage = await GitHubStage.Start();
        var failure = await Met(
            stage,
            new Fault.Limited(403, "{}", ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{reset}"))
        );
        Assert.InRange(failure.Wait!.Value, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(21));
        Assert.Contains("until", failure.Sentence);
    }

    [Theory]
    [InlineData(403, "45", 45)]
    [InlineData(429, "45", 45)]
    [InlineData(403, null, 60)]
    public async Task Its_second_limit_has_an_end_of_its_own(int status, string? after, int seconds)
    {
        await using var stage = await GitHubStage.Start();
        var told = """{"message":"You have exceeded a secondary rate limit."}""";
        // The first limit's header is there as well, half an hour away, and means nothing.
        var reset = TimeProvider.System.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds();
        (string, string)[] always = [("X-RateLimit-Remaining", "4999"), ("X-RateLimit-Reset", $"{reset}")];
        var fault = new Fault.Limited(status, told, after is null ? always : [.. always, ("Retry-After", after)]);
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Met(stage, fault)).Wait);
    }

    [Fact]
    public async Task The_others_say_it_in_seconds_or_not_at_all()
    {
        await using var lab = await GitLabStage.Start();
        var throttled = new Fault.Limited(429, "Retry later\n", ("RateLimit-Remaining", "0"), ("Retry-After", "30"));
        Assert.Equal(TimeSpan.FromSeconds(30), (await Met(lab, throttled)).Wait);
        // An application's own limit has no header.
        Assert.Null((await Met(lab, new Fault.Limited(429, "Retry later\n"))).Wait);
        await using var center = await DataCenterStage.Start();
        var bucket = new Fault.Limited(429, "", ("X-RateLimit-Interval-Seconds", "1"), ("retry-after", "5"));
        Assert.Equal(TimeSpan.FromSeconds(5), (await Met(center, bucket)).Wait);
        await using var cloud = await BitbucketStage.Start();
        var scaled = new Fault.Limited(429, "", ("X-RateLimit-NearLimit", "true"));
        Assert.Null((await Met(cloud, scaled)).Wait);
    }

    /// <summary>Waiting doubles, but never ends before the host's own time.</summary>
    [Fact]
    public void Nobody_asks_before_the_hosts_time()
    {
        var (first, most) = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));
        var away = new Failure("reach.cut-off", "Away.", 502) { Retry = Retry.Later };
        Assert.Equal([5, 10, 20, 900], new[] { 1, 2, 3, 40 }.Select(n => Seconds(away, n)));
        var limited = away with { Wait = TimeSpan.FromMinutes(30) };
        Assert.Equal([1800, 1800], new[] { 1, 40 }.Select(n => Seconds(limited, n)));
        Assert.Equal(86400, Seconds(away with { Wait = TimeSpan.FromDays(400) }, 1));
        Assert.Equal(3600, Seconds(away with { Retry = Retry.NeedsPerson }, 1));

        double Seconds(Failure failure, int failures) => Backoff.After(failure, failures, first, most).TotalSeconds;
    }

    private static async Task<Failure> Met(HostStage stage, Fault fault)
    {
        stage.Break(fault);
        var listing = (IListRepositories)stage.Provider;
        var failure = (await listing.ListRepositories(stage.Target, TestContext.Current.CancellationToken)).Failure;
        Assert.Equal(("host.rate-limited", Retry.Later), (failure?.Code, failure?.Retry));
        return failure!;
    }
}
