using Npgsql;

namespace Fairlead.Tests.Support;

/// <summary>The support that other tests lean on does what it says.</summary>
public sealed class SupportTests(PostgresServer postgres)
{
    [Fact]
    public void The_manual_clock_fires_what_falls_due_in_order()
    {
        var clock = new ManualClock();
        var fired = new List<string>();
        using var late = clock.CreateTimer(_ => fired.Add("late"), null, Seconds(5), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => fired.Add("often"), null, Seconds(2), Seconds(2));
        clock.Advance(Seconds(6));
        Assert.Equal(["often", "often", "late", "often"], fired);
    }

    [Fact]
    public void The_manual_clock_leaps_over_what_would_have_fired_often()
    {
        var clock = new ManualClock();
        var fired = new List<string>();
        using var late = clock.CreateTimer(_ => fired.Add("late"), null, Seconds(5), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => fired.Add("often"), null, Seconds(2), Seconds(2));
        clock.Leap(Seconds(7));
        Assert.Equal(["often", "late"], fired);
        clock.Advance(Seconds(2));
        Assert.Equal(["often", "late", "often"], fired);
    }

    [Fact]
    public async Task The_manual_clock_ends_delays_and_deadlines()
    {
        var clock = new ManualClock();
        using var deadline = new CancellationTokenSource(Seconds(10), clock);
        var delay = Task.Delay(Seconds(9), clock);
        clock.Advance(Seconds(9));
        await delay;
        Assert.False(deadline.IsCancellationRequested);
        clock.Advance(Seconds(1));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task Every_postgres_database_is_its_own()
    {
        foreach (var _ in (int[])[1, 2])
        {
            await using var connection = new NpgsqlConnection(await postgres.NewDatabase());
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("create table t (a int)", connection);
            await create.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Waiting_in_vain_says_for_what()
    {
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.True("pigs fly", () => false, TimeSpan.FromMilliseconds(50))
        );
        Assert.Contains("pigs fly", timeout.Message);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
