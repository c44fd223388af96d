namespace Fairlead.Contracts.Events;

/// <summary>One message about a source, and what became of it.</summary>
public sealed record DeliveryInfo
{
    public required long Id { get; init; }
    public required long Source { get; init; }

    /// <summary>The connection's ID.</summary>
    public required string Connection { get; init; }

    public required string Repository { get; init; }

    /// <summary><c>hook</c>, <c>poll</c> or <c>person</c>.</summary>
    public required string HeardBy { get; init; }

    /// <summary><c>received</c>, <c>waiting</c>, <c>processed</c>, <c>ignored</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>One sentence; null while nothing has become of it yet.</summary>
    public string? Became { get; init; }

    /// <summary>How often the same delivery came again.</summary>
    public required int Repeats { get; init; }

    /// <summary>It did not arrive when it was sent: <c>asked host's delivery list</c>; else null.</summary>
    public string? Recovered { get; init; }
}

/// <summary>One delivery with its body and the events it led to.</summary>
/// <param name="Key">The sender's delivery id, or a digest of the body.</param>
/// <param name="Body">As text; empty after fourteen days.</param>
public sealed record DeliveryDetail(DeliveryInfo Delivery, string Key, string Body, IReadOnlyList<EventInfo> Events);

/// <summary>What a list of deliveries is cut down to; null for anything.</summary>
/// <param name="Connection">A connection's ID.</param>
/// <param name="HeardBy"><c>hook</c>, <c>poll</c> or <c>person</c>.</param>
/// <param name="Q">Part of what became of it.</param>
/// <param name="Page">From 1.</param>
#nullable disable annotations // What ASP.NET Core generates to bind it names these types in typeof().
public sealed record DeliveryFilter(
    long? Source = null,
    string Connection = null,
    string State = null,
    string HeardBy = null,
    string Q = null,
    int Page = 1,
    int Size = 25
);
#nullable restore annotations
