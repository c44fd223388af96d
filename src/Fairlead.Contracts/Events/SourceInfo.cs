namespace Fairlead.Contracts.Events;

/// <summary>A repository that something is bound to, and how its changes are heard.</summary>
public sealed record SourceInfo
{
    public required long Id { get; init; }

    /// <summary>The connection's ID.</summary>
    public required string Connection { get; init; }

    /// <summary>The repository's name at the host; empty when the connection is one repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Where to send <c>{"ref", "before", "after"}</c>, signed.</summary>
    public required string HookUrl { get; init; }

    /// <summary>When the hook last brought something.</summary>
    public DateTimeOffset? HookHeardAt { get; init; }

    public required bool Polling { get; init; }

    /// <summary>The host cannot reach this server: it has no hook, and is looked at every half minute.</summary>
    public required bool OutboundOnly { get; init; }

    /// <summary>Looks that the host answered.</summary>
    public required long Looks { get; init; }

    /// <summary>Those of them that found nothing new.</summary>
    public required long LooksUnchanged { get; init; }

    public DateTimeOffset? LookedAt { get; init; }
    public required DateTimeOffset NextLookAt { get; init; }

    /// <summary>Why the last look failed; null when it did not.</summary>
    public string? LookFailure { get; init; }

    /// <summary>Branches and tags known.</summary>
    public required int Refs { get; init; }
}

/// <summary>A hook's address and its new secret, which is shown this once.</summary>
/// <param name="PreviousUntil">Until when the secret before it still works; null when there was none.</param>
public sealed record HookShown(string HookUrl, string Secret, DateTimeOffset? PreviousUntil);

/// <summary><c>POST /hooks/{id}</c>: the delivery is on disk.</summary>
/// <param name="Delivery">Its number, for <c>/api/v1/deliveries/{id}</c>.</param>
public sealed record HookReceipt(long Delivery);
