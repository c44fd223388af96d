using System.Collections.Concurrent;

namespace Fairlead.Emulators.Hosting;

/// <summary>One request as the host saw it. Passwords are not kept.</summary>
/// <param name="User">The name that signed in; null for nobody.</param>
public sealed record Recorded(string Method, string Path, string Query, string? User, int Status)
{
    public string? UserAgent { get; init; }

    /// <summary>What its JSON body has, by dotted names; never the values.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>A fault answered in the host's place.</summary>
    public bool IsFault { get; init; }

    /// <summary>What the host answered, if it was JSON and is kept; null when a fault answered.</summary>
    public byte[]? Answer { get; init; }
}

/// <summary>What a host was asked, oldest first.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<Recorded> _all = new();

    public IReadOnlyList<Recorded> All => [.. _all];

    public void Clear() => _all.Clear();

    internal void Add(Recorded request) => _all.Enqueue(request);
}
