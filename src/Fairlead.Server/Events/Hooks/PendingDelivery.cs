using Fairlead.Core.Events;

namespace Fairlead.Server.Events.Hooks;

/// <summary>A message that was authenticated and read, and is not on disk yet.</summary>
/// <param name="Key">See <see cref="DeliveryRow.Key"/>.</param>
/// <param name="ReopensOnRepeat">
/// The key is a digest of the body, so the same change made a second time looks like a repeat: the ledger looks again.
/// </param>
internal sealed record PendingDelivery(
    long SourceId,
    HeardBy HeardBy,
    string Key,
    byte[] Body,
    DateTimeOffset ReceivedAt,
    bool ReopensOnRepeat
)
{
    /// <summary>See <see cref="DeliveryRow.Event"/>; an odd one is none.</summary>
    public string? Event
    {
        get;
        init => field = value is { Length: <= LongestEvent } && DeliveryKeys.IsPlain(value) ? value : null;
    }

    private const int LongestEvent = 100;

    /// <summary>See <see cref="DeliveryRow.Recovered"/>.</summary>
    public Recovery? Recovered { get; init; }
}

/// <summary>The delivery is on disk.</summary>
/// <param name="Repeats">How often it had come before; the answer says the same either way.</param>
internal readonly record struct Receipt(long DeliveryId, int Repeats);
