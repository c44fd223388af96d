namespace Fairlead.Contracts.Events;

/// <summary>One change of one ref, and what became of it.</summary>
public sealed record EventInfo
{
    public required long Id { get; init; }
    public required long Source { get; init; }

    /// <summary>The connection's ID.</summary>
    public required string Connection { get; init; }

    public required string Repository { get; init; }

    /// <summary>The full name: <c>refs/heads/main</c>.</summary>
    public required string Ref { get; init; }

    /// <summary>Null for a ref that is new, or when the teller did not say.</summary>
    public string? Before { get; init; }

    /// <summary>Null when the ref was deleted.</summary>
    public string? After { get; init; }

    /// <summary><c>hook</c>, <c>poll</c> or <c>person</c>.</summary>
    public required string HeardBy { get; init; }

    /// <summary>The delivery that told of it; null when polling found it.</summary>
    public long? Delivery { get; init; }

    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>One sentence.</summary>
    public required string Became { get; init; }
}

/// <summary>What a list of events is cut down to; null for anything.</summary>
/// <param name="Connection">A connection's ID.</param>
/// <param name="Ref">Full or short name.</param>
/// <param name="Q">Part of a ref, a commit or what became of it.</param>
/// <param name="Page">From 1.</param>
public sealed record EventFilter(
    long? Source = null,
    string? Connection = null,
    string? Ref = null,
    string? HeardBy = null,
    string? Q = null,
    int Page = 1,
    int Size = 25
);

/// <summary><c>POST /api/v1/deliveries/{id}/replay</c> and <c>/api/v1/events/{id}/replay</c>.</summary>
/// <param name="Rebuild">Build also what was built already.</param>
public sealed record ReplayInput(bool Rebuild = false);

/// <summary>What a replay or a look led to.</summary>
/// <param name="Delivery">Where to follow it, when the answer takes a look at the host.</param>
/// <param name="Became">One sentence.</param>
public sealed record ReplayResult(long? Delivery, string Became);
