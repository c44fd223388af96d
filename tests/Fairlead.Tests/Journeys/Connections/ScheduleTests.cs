using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Connections;
using Fairlead.Tests.Support;
using static Fairlead.Tests.Journeys.Connections.ConnectionStage;

namespace Fairlead.Tests.Journeys.Connections;

/// <summary>Connections are verified again by themselves, and no login is hammered.</summary>
public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The next verification is due; from there the clock creeps, so that no deadline runs out.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromHours(6);

    [Fact]
    public async Task A_host_that_goes_and_comes_back_is_noticed_and_a_refused_login_left_alone()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var stage = await ConnectionStage.Start(clock);
        var client = stage.Server.Maintainer;
        Assert.Equal("trusted", (await Create(client, stage.Git())).Verdict.Kind);
        stage.Host.Fault = new Fault.Answer(503);
        await Becomes(stage, clock, Steady, "unreachable");
        stage.Host.Fault = null;
        await Becomes(stage, clock, TimeSpan.FromMinutes(1), "trusted");
        stage.Host.AddUser("ada", "somebody changed it");
        await Becomes(stage, clock, Steady, "rejected");
        stage.Host.Requests.Clear();
        for (var day = 0; day < 3; day++)
            clock.Leap(TimeSpan.FromDays(1));
        await client.GetAsync("/api/v1/connections");
        Assert.Empty(stage.Host.Requests.All);
    }

    [Theory]
    [InlineData(VerdictKind.Trusted, 0, 360)]
    [InlineData(VerdictKind.Misconfigured, 0, 360)]
    [InlineData(VerdictKind.Unreachable, 1, 1)]
    [InlineData(VerdictKind.Unreachable, 4, 8)]
    [InlineData(VerdictKind.Unreachable, 99, 60)]
    public void The_next_time_grows_with_failures(VerdictKind kind, int failures, int minutes) =>
        Assert.Equal(Noon.AddMinutes(minutes), VerifySchedule.Next(kind, failures, Noon));

    [Fact]
    public void A_refused_login_waits_for_a_person() =>
        Assert.Equal(VerifySchedule.Never, VerifySchedule.Next(VerdictKind.Rejected, 0, Noon));

    private static Task Becomes(ConnectionStage stage, ManualClock clock, TimeSpan after, string verdict)
    {
        clock.Leap(after);
        return Eventually.True(
            $"the connection becomes {verdict}",
            async () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                var seen = await stage.Server.Maintainer.GetFromJsonAsync<ConnectionView>(
                    "/api/v1/connections/acme-git"
                );
                return seen!.Verdict.Kind == verdict;
            },
            TimeSpan.FromSeconds(20)
        );
    }
}
