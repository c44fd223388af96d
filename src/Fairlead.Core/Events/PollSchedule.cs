namespace Fairlead.Core.Events;

/// <summary>When a source is looked at again.</summary>
public static class PollSchedule
{
    /// <summary>Polling is the only ear this source has, yet a hook may still be given to it.</summary>
    public static readonly TimeSpan WithoutHook = TimeSpan.FromMinutes(1);

    /// <summary>A hook was heard lately; polling only finds what it missed.</summary>
    public static readonly TimeSpan WithHook = TimeSpan.FromMinutes(5);

    /// <summary>The host cannot reach us: with everything that comes on top, no push waits for half a minute.</summary>
    public static readonly TimeSpan OutboundOnly = TimeSpan.FromSeconds(24);

    /// <summary>Somebody is at work there.</summary>
    public static readonly TimeSpan OutboundActive = TimeSpan.FromSeconds(10);

    /// <summary>A repository counts as worked on for so long after a push.</summary>
    public static readonly TimeSpan Active = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long a look may take before another server may try; longer than any look.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <param name="failures">Looks that failed in a row: 0 after one that worked.</param>
    /// <param name="ears">How else the source is heard of.</param>
    /// <param name="chance">From 0 to 1: spreads sources by a fifth, so that they do not come in step.</param>
    public static TimeSpan Next(int failures, Ears ears, double chance)
    {
        var basis = failures switch
        {
            0 => Between(ears),
            > 10 => Longest,
            _ => TimeSpan.FromSeconds(15 * Math.Pow(2, failures - 1)),
        };
        var capped = basis < Longest ? basis : Longest;
        return capped * (0.9 + 0.2 * chance);
    }

    private static TimeSpan Between(Ears ears) =>
        ears switch
        {
            Ears.Hook => WithHook,
            Ears.OutboundOnly => OutboundOnly,
            Ears.OutboundActive => OutboundActive,
            _ => WithoutHook,
        };
}

/// <summary>How a source is heard of besides looking.</summary>
public enum Ears
{
    /// <summary>By nothing so far.</summary>
    None,

    /// <summary>By a hook that brought something lately.</summary>
    Hook,

    /// <summary>By nothing, and nothing will: its host cannot reach us.</summary>
    OutboundOnly,

    /// <summary>The same, and it was pushed to lately.</summary>
    OutboundActive,
}
