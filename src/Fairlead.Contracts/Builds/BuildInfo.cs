namespace Fairlead.Contracts.Builds;

/// <summary>One run of one rule for one commit.</summary>
public sealed record BuildInfo
{
    public required long Id { get; init; }

    /// <summary><c>namespace/name</c>.</summary>
    public required string Image { get; init; }

    public long? RuleId { get; init; }
    public required string Ref { get; init; }
    public required string Commit { get; init; }

    /// <summary>
    /// <c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>cancelled</c>, <c>timed-out</c> or
    /// <c>skipped</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>
    /// What it does or, once failed, what it failed in: <c>queue</c>, <c>source</c>, <c>build</c>, <c>push</c>.
    /// </summary>
    public required string Phase { get; init; }

    /// <summary><c>event</c>, <c>person</c> or <c>rebuild</c>.</summary>
    public required string Reason { get; init; }

    public string? RequestedBy { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Milliseconds in each phase.</summary>
    public required IReadOnlyDictionary<string, long> DurationsMs { get; init; }

    /// <summary>Why it failed, was cancelled or timed out.</summary>
    public Problem? Failure { get; init; }

    public string? Digest { get; init; }
    public long Size { get; init; }

    /// <summary>The tags it publishes.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The same as full references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The build whose image was tagged again because nothing that decides it had changed.</summary>
    public long? ReusedBuild { get; init; }

    /// <summary>Why it waits, one sentence; null unless queued.</summary>
    public string? Waiting { get; init; }

    public bool CancelRequested { get; init; }
    public int Attempt { get; init; }

    /// <summary>Bytes of the log so far.</summary>
    public long LogLength { get; init; }
}

/// <summary><c>POST /api/v1/images/{ns}/{name}/builds</c>: build now.</summary>
/// <param name="Rule">Which rule; null when the image has only one that fits.</param>
/// <param name="Ref">
/// A branch or tag (short name of the rule's type, or <c>refs/...</c>); null for the exact ref of the rule.
/// </param>
public sealed record BuildNowInput(long? Rule = null, string? Ref = null);

/// <summary>What a list of builds is cut down to; null for anything.</summary>
/// <param name="Image"><c>namespace/name</c>.</param>
/// <param name="State">A state, or <c>active</c> for queued and running.</param>
/// <param name="Ref">Full or short name.</param>
/// <param name="Q">Part of a commit, ref or image.</param>
/// <param name="Page">From 1.</param>
public sealed record BuildFilter(
    string? Image = null,
    string? State = null,
    string? Ref = null,
    string? Q = null,
    int Page = 1,
    int Size = 25
);

/// <summary>How full the queue is.</summary>
/// <param name="Limit">Builds this server runs at a time.</param>
public sealed record QueueInfo(int Queued, int Running, int Limit);
