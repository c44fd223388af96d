using Fairlead.Core.Sources;

namespace Fairlead.Core.Events;

/// <summary>One change of one ref that the ledger takes for true.</summary>
/// <param name="Before">Null for a ref that is new, or when nobody said.</param>
/// <param name="After">Null when the ref is gone.</param>
/// <param name="DeliveryId">The delivery that told of it; null when polling found it.</param>
public sealed record Move(GitRef Ref, CommitSha? Before, CommitSha? After, long? DeliveryId)
{
    /// <summary>
    /// The event's key: unique per source. A branch may go A, B, A, B: the second time that A to B is found to have
    /// happened, the key gets an ending.
    /// </summary>
    /// <param name="earlier">How many events of this source already tell of the same change.</param>
    public static string Key(string fullRef, string? before, string? after, int earlier = 0) =>
        earlier == 0 ? $"{fullRef} {before}..{after}" : $"{fullRef} {before}..{after} ~{earlier + 1}";
}

/// <summary>What a claim is waiting for, or what became of it.</summary>
public enum ClaimState
{
    /// <summary>A move of this turn.</summary>
    Moved,

    /// <summary>The ledger knew already.</summary>
    Known,

    /// <summary>Only the host can tell.</summary>
    AskHost,

    /// <summary>The ref has moved on since, or never was there.</summary>
    Superseded,

    /// <summary>It is about a request, and the host did not tell of its requests.</summary>
    Untold,
}
