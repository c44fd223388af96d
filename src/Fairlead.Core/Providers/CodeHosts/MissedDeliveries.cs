namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>What a host's list of deliveries says that did not get here.</summary>
/// <param name="All">Its newest attempt of each, the oldest delivery first.</param>
/// <param name="SettledTo">By the host's clock; nothing before it is missing. Null when the list is empty.</param>
public sealed record MissedDeliveries(IReadOnlyList<HostDelivery> All, DateTimeOffset? SettledTo)
{
    /// <summary>
    /// Pure. What counts is whether it is on our disk, not what the host was answered: a disk may be an older copy.
    /// </summary>
    /// <param name="attempts">In any order; several may be of one delivery.</param>
    /// <param name="arrived">Ids of deliveries that are here.</param>
    public static MissedDeliveries Of(IReadOnlyList<HostDelivery> attempts, IReadOnlySet<string> arrived)
    {
        var missed = attempts
            .Where(attempt => attempt.DeliveryId.Length > 0 && !arrived.Contains(attempt.DeliveryId))
            .GroupBy(attempt => attempt.DeliveryId)
            .OrderBy(delivery => delivery.Min(attempt => attempt.At))
            .ToList();
        if (attempts.Count == 0)
            return new MissedDeliveries([], null);
        var settled = missed.Count > 0 ? missed[0].Min(attempt => attempt.At) : attempts.Max(attempt => attempt.At);
        return new MissedDeliveries([.. missed.Select(delivery => delivery.MaxBy(attempt => attempt.At)!)], settled);
    }
}
