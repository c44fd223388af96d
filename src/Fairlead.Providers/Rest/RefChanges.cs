using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>What a delivery says of one ref, by its full name and full commit ids.</summary>
internal readonly record struct RefChange(string? Name, string? Before, string? After);

/// <summary>Deliveries that tell of many refs at once: every one of them counts (facts/codehosts.md 5).</summary>
internal static class RefChanges
{
    /// <summary>How the ledger is told that there is no commit.</summary>
    public const string Nothing = "0000000000000000000000000000000000000000";

    /// <summary>What can be read is taken; a delivery of which nothing can says why of its first change.</summary>
    public static HookReading Read(string? repository, IEnumerable<RefChange> changes)
    {
        var events = new List<HostEvent>();
        string? why = null;
        foreach (var change in changes)
            switch (Reading.Of(change.Name, change.Before, change.After))
            {
                case Reading.Says says:
                    events.AddRange(says.Claims.Select(claim => new HostEvent.RefMoved(claim)));
                    break;
                case Reading.Nothing nothing:
                    why ??= nothing.Why;
                    break;
                default:
                    why ??= "It does not say where its ref is now: nothing to do.";
                    break;
            }
        return events.Count > 0
            ? new HookReading(repository, events)
            : HookReading.Ignored(why ?? "It tells of no change of a ref: nothing to do.", repository);
    }
}
