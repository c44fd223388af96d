using Fairlead.Core.Events;
using Fairlead.Core.Sources;

namespace Fairlead.Server.Events.Ledger;

/// <summary>What became of a delivery, as state and as one sentence.</summary>
internal sealed record DeliveryFate(DeliveryState State, string Became)
{
    /// <param name="index">Which of the turn's deliveries.</param>
    /// <param name="events">Those of the turn.</param>
    public static DeliveryFate Of(Turn turn, int index, IReadOnlyList<EventRow> events)
    {
        var delivery = turn.Deliveries[index];
        var (state, became) = turn.Readings[index] switch
        {
            Reading.Nothing nothing => (DeliveryState.Ignored, nothing.Why),
            Reading.Look => OfLook(turn, Of(events, delivery)),
            Reading.Says says => OfClaims(turn, delivery, says.Claims, Of(events, delivery)),
            _ => throw new InvalidOperationException("A reading of a new kind."),
        };
        return new DeliveryFate(state, became);
    }

    private static List<EventRow> Of(IReadOnlyList<EventRow> events, DeliveryRow delivery) =>
        [.. events.Where(change => change.DeliveryId == delivery.Id)];

    private static (DeliveryState, string) OfLook(Turn turn, List<EventRow> events) =>
        (turn.Looked, events.Count) switch
        {
            (false, _) => Waits(turn),
            (_, 0) => (DeliveryState.Processed, "Looked: nothing new."),
            (_, 1) => (DeliveryState.Processed, events[0].Became),
            (_, var count) => (DeliveryState.Processed, $"Looked: {count} refs changed."),
        };

    private static (DeliveryState, string) OfClaims(
        Turn turn,
        DeliveryRow delivery,
        IReadOnlyList<Claim> claims,
        List<EventRow> events
    ) =>
        turn.Reckoning.States[delivery.Id] switch
        {
            ClaimState.AskHost => Waits(turn),
            ClaimState.Moved => (DeliveryState.Processed, BecameOf(events)),
            ClaimState.Untold => (
                DeliveryState.Failed,
                $"The open pull requests could not be listed: {turn.Listing?.RequestsFailure?.Sentence}"
            ),
            ClaimState.Known => (DeliveryState.Ignored, $"Known already: {Stands(turn, claims[0])}."),
            _ => (DeliveryState.Ignored, $"Superseded: {Stands(turn, claims[0])} by now."),
        };

    private static string BecameOf(List<EventRow> events) =>
        events.Count == 1
            ? events[0].Became
            : $"{events.Count} refs changed: {string.Join(' ', events.Select(change => change.Became).Distinct())}";

    private static string Stands(Turn turn, Claim claim) =>
        turn.Reckoning.Heads.TryGetValue(claim.Ref, out var commit)
            ? $"{Name(claim.Ref)} is at {commit.Short}"
            : $"{Name(claim.Ref)} is gone";

    private static string Name(GitRef name) => name.Kind == RefKind.Request ? name.Words : name.Name;

    private static (DeliveryState, string) Waits(Turn turn) =>
        (
            DeliveryState.Waiting,
            (turn.Failure?.Sentence ?? turn.Source.PollFailure) is { } why
                ? $"Waits until the host can be asked: {why}"
                : "Waits until the host can be asked."
        );
}
