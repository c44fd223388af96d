using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Registers the hooks of repositories at the host. A host that cannot has them pasted by a person.</summary>
public interface IManageHooks
{
    IHostHooks Hooks { get; }
}

/// <summary>The hooks of repositories.</summary>
public interface IHostHooks
{
    Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string repository, CancellationToken cancel);

    Task<Outcome<HostedHook>> Create(Target target, string repository, HookWish wish, CancellationToken cancel);

    /// <summary>Makes the hook what is wished: address, secret, events, switched on.</summary>
    Task<Outcome<HostedHook>> Repair(
        Target target,
        string repository,
        string hookId,
        HookWish wish,
        CancellationToken cancel
    );

    /// <summary>One that is gone already is done.</summary>
    Task<Outcome<Done>> Delete(Target target, string repository, string hookId, CancellationToken cancel);
}

/// <summary>What a hook should be.</summary>
/// <param name="Url">Ours: <c>https://.../hooks/ID</c>. Nobody else's hook has it.</param>
/// <param name="Secret">What the host signs with, or sends where it cannot sign.</param>
public sealed record HookWish(Uri Url, Secret Secret);

/// <summary>A hook as its host tells of it. Hosts never tell its secret.</summary>
/// <param name="Url">Where it sends to, as the host writes it.</param>
public sealed record HostedHook(string Id, string Url)
{
    /// <summary>The host sends: neither a person nor the host itself has switched it off.</summary>
    public required bool IsActive { get; init; }

    /// <summary>It is sent everything we read, in the form we read.</summary>
    public required bool HearsAll { get; init; }

    /// <summary>What went wrong with its last delivery; one sentence of ours, not the host's words.</summary>
    public string? Trouble { get; init; }
}

/// <summary>The host keeps what it sent, and tells it to whoever may manage the hook.</summary>
public interface IKeepDeliveries
{
    /// <summary>Newest first, as far back as <paramref name="since"/> or the host remembers.</summary>
    Task<Outcome<IReadOnlyList<HostDelivery>>> ListDeliveries(
        Target target,
        string repository,
        string hookId,
        DateTimeOffset since,
        CancellationToken cancel
    );

    /// <summary>The body of one that was listed, as the host kept it: the same JSON, maybe in other bytes.</summary>
    Task<Outcome<byte[]>> ReadDelivery(
        Target target,
        string repository,
        string hookId,
        HostDelivery delivery,
        CancellationToken cancel
    );
}

/// <summary>One attempt of a host to deliver.</summary>
/// <param name="Id">The attempt's.</param>
/// <param name="DeliveryId">What all attempts of one delivery share: <see cref="IReceiveHooks.DeliveryId"/>.</param>
/// <param name="Arrived">We answered 2xx.</param>
/// <param name="Event">As <see cref="IReceiveHooks.EventName"/> finds it in the headers.</param>
public sealed record HostDelivery(string Id, string DeliveryId, string Event, DateTimeOffset At, bool Arrived)
{
    /// <summary>Where the list itself has it.</summary>
    public byte[]? Body { get; init; }
}
