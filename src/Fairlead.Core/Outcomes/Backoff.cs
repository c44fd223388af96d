namespace Fairlead.Core.Outcomes;

/// <summary>When to ask again whoever failed or refused.</summary>
public static class Backoff
{
    /// <summary>What only a person can mend may have been mended meanwhile.</summary>
    private static readonly TimeSpan ForPeople = TimeSpan.FromHours(1);

    /// <summary>Whatever a host says, it is asked again within a day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Twice as long after each failure, and not before the other side allows it.</summary>
    /// <param name="failures">How often it failed in a row, this time included.</param>
    /// <param name="most">Where doubling ends.</param>
    public static TimeSpan After(Failure failure, int failures, TimeSpan first, TimeSpan most)
    {
        if (failure.Retry != Retry.Later)
            return ForPeople;
        var doubled = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        var ours = doubled < most ? doubled : most;
        return failure.Wait is { } theirs && theirs > ours ? (theirs < Longest ? theirs : Longest) : ours;
    }
}
