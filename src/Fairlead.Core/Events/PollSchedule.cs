namespace Fairlead.Core.Events;

/// <summary>When a source is looked at again.</summary>
public static class PollSchedule
{
    /// <summary>Polling is the only ear this source has.</summary>
    public static readonly TimeSpan WithoutHook = TimeSpan.FromMinutes(1);

    /// <summary>A hook was heard lately; polling only finds what it missed.</summary>
    public static readonly TimeSpan WithHook = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long a look may take before another server may try; longer than any look.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <param name="failures">Looks that failed in a row: 0 after one that worked.</param>
    /// <param name="chance">From 0 to 1: spreads sources by a fifth, so that they do not come in step.</param>
    public static TimeSpan Next(int failures, bool hookHeard, double chance)
    {
        var basis = failures switch
        {
            0 => hookHeard ? WithHook : WithoutHook,
            > 10 => Longest,
            _ => TimeSpan.FromSeconds(15 * Math.Pow(2, failures - 1)),
        };
        var capped = basis < Longest ? basis : Longest;
        return capped * (0.9 + 0.2 * chance);
    }
}
