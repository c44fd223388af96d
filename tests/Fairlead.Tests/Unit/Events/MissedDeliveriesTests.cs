using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Tests.Unit.Events;

/// <summary>What is read at the host is what is not here: all of it, and in order.</summary>
public sealed class MissedDeliveriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_not_here_is_read_oldest_first_by_its_newest_attempt()
    {
        var missed = Of(["b"], Attempt(1, "a", 0), Attempt(2, "b", 1), Attempt(3, "c", 2), Attempt(4, "a", 3));
        Assert.Equal(["4", "3"], missed.All.Select(one => one.Id));
        Assert.Equal(Noon, missed.SettledTo);
    }

    [Fact]
    public void What_the_host_believes_to_have_arrived_counts_only_when_it_is_here()
    {
        var missed = Of([], Attempt(1, "a", 0) with { Arrived = true });
        Assert.Equal("1", Assert.Single(missed.All).Id);
    }

    [Fact]
    public void When_all_is_here_the_newest_is_where_to_go_on()
    {
        var missed = Of(["a", "b"], Attempt(2, "b", 5), Attempt(1, "a", 0));
        Assert.Empty(missed.All);
        Assert.Equal(Noon.AddMinutes(5), missed.SettledTo);
        Assert.Null(Of([]).SettledTo);
    }

    private static MissedDeliveries Of(string[] arrived, params HostDelivery[] attempts) =>
        MissedDeliveries.Of(attempts, arrived.ToHashSet());

    private static HostDelivery Attempt(int id, string delivery, int minute) =>
        new($"{id}", delivery, "push", Noon.AddMinutes(minute), false);
}
