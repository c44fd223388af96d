using System.Collections.Concurrent;

namespace Fairlead.Server.Access;

/// <summary>
/// How often signing in may be tried: 20 times a minute per address; per name, after five failures, pauses that
/// double from one minute to an hour. Names that do not exist are treated alike, in memory.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int PerAddress = 20;
    private const int FreeFailures = 5;
    private const int Remembered = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> _addresses = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Last, int Count)> _unknown = new();

    /// <summary>Counts a try; how long to wait when there were too many.</summary>
    public TimeSpan? Try(string? address)
    {
        var now = time.GetUtcNow();
        Trim(_addresses, entry => entry.Since + Window < now);
        var (since, count) = _addresses.AddOrUpdate(
            address ?? "",
            _ => (now, 1),
            (_, old) => old.Since + Window <= now ? (now, 1) : (old.Since, old.Count + 1)
        );
        return count > PerAddress ? since + Window - now : null;
    }

    /// <summary>The pause after so many failures in a row.</summary>
    public static TimeSpan? Pause(int failures) =>
        failures < FreeFailures
            ? null
            : TimeSpan.FromMinutes(
                Math.Min(Math.Pow(2, Math.Min(failures - FreeFailures, 16)), LongestPause.TotalMinutes)
            );

    public DateTimeOffset? LockedUntil(string unknownName) =>
        _unknown.TryGetValue(unknownName, out var entry) && Pause(entry.Count) is { } pause ? entry.Last + pause : null;

    public void Failed(string unknownName)
    {
        var now = time.GetUtcNow();
        Trim(_unknown, entry => entry.Last + LongestPause < now);
        _unknown.AddOrUpdate(unknownName, _ => (now, 1), (_, old) => (now, old.Count + 1));
    }

    /// <summary>Keeps what an attacker can make us remember within bounds.</summary>
    private static void Trim<T>(ConcurrentDictionary<string, T> entries, Func<T, bool> isOver)
    {
        if (entries.Count < Remembered)
            return;
        foreach (var (key, entry) in entries)
            if (isOver(entry))
                entries.TryRemove(key, out _);
        if (entries.Count >= Remembered)
            entries.Clear();
    }
}
