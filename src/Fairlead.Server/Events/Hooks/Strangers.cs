using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// Counts hooks that were refused because nobody knew them: per sender's address, fifty a second after two hundred at
/// once (facts/security.md 2F). What is authentic is never counted. Many customers share a code host's addresses, so
/// each hook that is known has a count of its own, and one for all that are not.
/// </summary>
internal sealed class Strangers(TimeProvider time)
{
    private const double AtOnce = 200;
    private const double PerSecond = 50;

    /// <summary>Above this, those who have calmed down are forgotten.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(IPAddress Address, string Hook), Count> _counts = new();

    private readonly record struct Count(double Refused, long At);

    /// <summary>Whether to refuse the next one unread.</summary>
    /// <param name="hook">Null for one that is not known.</param>
    public bool AreTooMany(IPAddress? address, string? hook) =>
        !_counts.IsEmpty && _counts.TryGetValue(Key(address, hook), out var count) && Now(count) > AtOnce - 1;

    public void Refused(IPAddress? address, string? hook)
    {
        if (_counts.Count >= MostKept)
            Forget();
        var now = time.GetTimestamp();
        _counts.AddOrUpdate(
            Key(address, hook),
            _ => new Count(1, now),
            (_, count) => new Count(Math.Min(Now(count) + 1, AtOnce), now)
        );
    }

    private double Now(Count count) =>
        Math.Max(0, count.Refused - time.GetElapsedTime(count.At).TotalSeconds * PerSecond);

    private void Forget()
    {
        foreach (var (key, count) in _counts)
            if (Now(count) <= 0)
                _counts.TryRemove(key, out _);
        if (_counts.Count >= MostKept)
            _counts.Clear();
    }

    /// <summary>Of IPv6 the network counts.</summary>
    private static (IPAddress, string) Key(IPAddress? address, string? hook)
    {
        address ??= IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            address = new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]);
        return (address, hook ?? "");
    }
}
