namespace Fairlead.Core.Events;

/// <summary>How something came to be known that nobody told of when it happened.</summary>
public enum Recovery
{
    /// <summary>The host's list of deliveries had it, and what it sent was read there.</summary>
    HostsList,

    /// <summary>A look found it, where a hook should have told of it or looks had been missing for a while.</summary>
    Look,
}

public static class Recoveries
{
    extension(Recovery way)
    {
        /// <summary>For people and programs.</summary>
        public string Words() => way == Recovery.HostsList ? "asked host's delivery list" : "seen by poll";
    }

    /// <summary>What a look found and nobody told of: was it missed?</summary>
    /// <param name="hasHook">A hook brought something before, and should have brought this.</param>
    /// <param name="sinceLook">How long nobody had looked; null before the first look, which misses nothing.</param>
    /// <returns>Null where looking is the way such a source is heard of.</returns>
    public static Recovery? OfLook(bool hasHook, TimeSpan? sinceLook) =>
        sinceLook is { } pause && (hasHook || pause > 2 * PollSchedule.WithoutHook) ? Recovery.Look : null;
}
