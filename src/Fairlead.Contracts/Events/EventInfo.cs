namespace Fairlead.Contracts.Events;

/// <summary>One change of one ref, and what became of it.</summary>
public sealed record EventInfo
{
    public required long Id { get; init; }
    public required long Source { get; init; }

    /// <summary>The connection's ID.</summary>
    public required string Connection { get; init; }

    public required string Repository { get; init; }

    /// <summary><c>branch</c>, <c>tag</c> or <c>request</c>.</summary>
    public string Kind =>
        Request is not null ? "request"
        : Ref.StartsWith("refs/tags/") ? "tag"
        : "branch";

    /// <summary>The full name: <c>refs/heads/main</c>; <c>refs/pull/7/head</c> of every host's requests.</summary>
    public required string Ref { get; init; }

    /// <summary>The pull request (merge request) it is about; null for branches and tags.</summary>
    public RequestInfo? Request { get; init; }

    /// <summary>Null for a ref that is new, or when the teller did not say.</summary>
    public string? Before { get; init; }

    /// <summary>Null when the ref was deleted.</summary>
    public string? After { get; init; }

    /// <summary><c>hook</c>, <c>poll</c> or <c>person</c>.</summary>
    public required string HeardBy { get; init; }

    /// <summary>The delivery that told of it; null when polling found it.</summary>
    public long? Delivery { get; init; }

    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>
    /// Nobody told of it when it happened: <c>asked host's delivery list</c> or <c>seen by poll</c>; else null.
    /// </summary>
    public string? Recovered { get; init; }

    /// <summary>One sentence.</summary>
    public required string Became { get; init; }
}

/// <summary>A pull request (merge request), as its host told of it last.</summary>
/// <param name="Number">What people call it by.</param>
/// <param name="Title">Whatever its author wrote.</param>
/// <param name="Target">The branch it goes to.</param>
/// <param name="FromFork">It comes from another repository.</param>
public sealed record RequestInfo(long Number, string Title, string Target, bool FromFork);

/// <summary>What a list of events is cut down to; null for anything.</summary>
/// <param name="Connection">A connection's ID.</param>
/// <param name="Ref">Full or short name.</param>
/// <param name="Q">Part of a ref, a commit or what became of it.</param>
/// <param name="Page">From 1.</param>
#nullable disable annotations // What ASP.NET Core generates to bind it names these types in typeof().
public sealed record EventFilter(
    long? Source = null,
    string Connection = null,
    string Ref = null,
    string HeardBy = null,
    string Q = null,
    int Page = 1,
    int Size = 25
);

#nullable restore annotations

/// <summary><c>POST /api/v1/deliveries/{id}/replay</c> and <c>/api/v1/events/{id}/replay</c>.</summary>
/// <param name="Rebuild">Build also what was built already.</param>
public sealed record ReplayInput(bool Rebuild = false);

/// <summary>What a replay or a look led to.</summary>
/// <param name="Delivery">Where to follow it, when the answer takes a look at the host.</param>
/// <param name="Became">One sentence.</param>
public sealed record ReplayResult(long? Delivery, string Became);
