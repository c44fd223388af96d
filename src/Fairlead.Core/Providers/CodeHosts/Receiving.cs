using Fairlead.Core.Events;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>A header of a request by name, in any case; null when it is missing.</summary>
public delegate string? HeaderOf(string name);

/// <summary>
/// Reads what the host sends to a hook. Which host it is, is known from the hook's connection and never guessed from
/// headers: several send those of another. Nothing here touches the network or throws, whatever the bytes are.
/// </summary>
public interface IReceiveHooks
{
    /// <summary>Whether there is any proof to check: without, the body is not even read.</summary>
    bool CarriesProof(HeaderOf header);

    /// <summary>
    /// Whether the host only tries if anybody is there, without a proof. That is answered, and nothing of it is read.
    /// </summary>
    bool IsKnock(HeaderOf header) => false;

    /// <summary>
    /// Whether one of the secrets made the proof: over the raw bytes, in constant time. An empty one proves nothing.
    /// </summary>
    bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets);

    /// <summary>The host's id of the delivery, the same when sent again; null where the host gives none.</summary>
    string? DeliveryId(HeaderOf header);

    /// <summary>
    /// The host's name of the event, which is kept beside the body; null where the body itself tells.
    /// </summary>
    string? EventName(HeaderOf header);

    /// <summary>What an authentic delivery tells. Unknown fields are passed over, unknown events are ignored.</summary>
    /// <param name="eventName">As <see cref="EventName"/> gave it.</param>
    HookReading Read(string? eventName, ReadOnlySpan<byte> body);
}

/// <summary>What a delivery tells: events of one repository, or why there is nothing to do.</summary>
/// <param name="RepositoryId">The host's id of the repository; null when the delivery names none.</param>
public sealed record HookReading(string? RepositoryId, IReadOnlyList<HostEvent> Events)
{
    /// <summary>Its name when the delivery was sent; null where the delivery does not tell.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>One sentence; null when there are events.</summary>
    public string? IgnoredBecause { get; init; }

    public static HookReading Ignored(string why, string? repositoryId = null) =>
        new(repositoryId, []) { IgnoredBecause = why };
}
