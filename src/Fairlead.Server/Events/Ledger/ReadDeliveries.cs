using Fairlead.Core.Events;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosts;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// Reads what was stored of one source: what its host sent in the host's own form, everything else in the form that
/// any sender can make.
/// </summary>
internal sealed class ReadDeliveries(
    FairleadDb db,
    IReadOnlyList<IProvider> providers,
    RequestRules rules,
    FollowRepository follow
)
{
    /// <returns>One for each of the deliveries, in their order.</returns>
    public async Task<IReadOnlyList<Reading>> Run(
        SourceRow source,
        IReadOnlyList<DeliveryRow> deliveries,
        CancellationToken cancel
    )
    {
        if (deliveries.All(delivery => delivery.HeardBy != HeardBy.Hook))
            return [.. deliveries.Select(Plain)];
        var known = await (
            from connection in db.Set<ConnectionRow>()
            where connection.Id == source.ConnectionId
            from hook in db.Set<HookRow>().Where(row => row.SourceId == source.Id).DefaultIfEmpty()
            select new { connection.Kind, Repository = hook == null ? null : hook.RepositoryId }
        ).SingleAsync(cancel);
        var host = providers.FirstOrDefault(provider => provider.Kind == known.Kind) as IReceiveHooks;
        var id = source.RepositoryId ?? known.Repository;
        if (host is not null && deliveries.Any(delivery => HasMoved(host, delivery, source, id)))
            await follow.Check(source, cancel);
        var requests = host is IListRequests && await rules.Hear(source.Id, cancel);
        return
        [
            .. deliveries.Select(delivery =>
                host is null || delivery.HeardBy != HeardBy.Hook
                    ? Plain(delivery)
                    : Reading.Of(host.Read(delivery.Event, delivery.Sent()), id, requests)
            ),
        ];
    }

    /// <summary>It names the repository otherwise than we do: its host is asked for the name it has now.</summary>
    private static bool HasMoved(IReceiveHooks host, DeliveryRow delivery, SourceRow source, string? id) =>
        delivery.HeardBy == HeardBy.Hook
        && host.Read(delivery.Event, delivery.Sent()) is { RepositoryName: { } name } read
        && read.RepositoryId == id
        && name != source.Repository;

    private static Reading Plain(DeliveryRow delivery) =>
        HookMessage.Read(delivery.Sent()).Try(out var message, out var failure)
            ? Reading.Of(message)
            : new Reading.Nothing(failure.Sentence);
}
