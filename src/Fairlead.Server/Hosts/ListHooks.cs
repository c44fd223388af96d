using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosting;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>The hooks of sources that a caller may see, where the host lets us register hooks.</summary>
internal sealed class ListHooks(
    FairleadDb db,
    VisibleSources sources,
    IReadOnlyList<IProvider> providers,
    ServerOptions options
)
{
    private const int Newest = 3;

    public async Task<Page<HookInfo>> Run(HookFilter filter, Caller caller, CancellationToken cancel)
    {
        var part = filter.Q.Part();
        var rows =
            from row in Rows(caller)
            where filter.Connection == null || row.Connection == filter.Connection
            where part == null || row.Connection.Contains(part) || row.Source.Repository.ToLower().Contains(part)
            orderby row.Connection, row.Source.Repository
            select row;
        var page = await rows.ToPage(filter.Page, filter.Size, cancel);
        var lately = await Lately([.. page.Items.Select(row => row.Source.Id)], cancel);
        return page.Map(row => Of(row) with { Lately = [.. lately[row.Source.Id].Select(one => Of(one, row))] });
    }

    public async Task<HookInfo?> One(long source, Caller caller, CancellationToken cancel) =>
        await Rows(caller).FirstOrDefaultAsync(row => row.Source.Id == source, cancel) is { } row ? Of(row) : null;

    /// <summary>The newest that came by hook, of each of these sources.</summary>
    private async Task<ILookup<long, DeliveryRow>> Lately(List<long> ids, CancellationToken cancel) =>
        (
            await db.Set<SourceRow>()
                .Where(source => ids.Contains(source.Id))
                .SelectMany(source =>
                    db.Set<DeliveryRow>()
                        .Where(delivery => delivery.SourceId == source.Id && delivery.HeardBy == HeardBy.Hook)
                        .OrderByDescending(delivery => delivery.Id)
                        .Take(Newest)
                )
                .AsNoTracking()
                .ToListAsync(cancel)
        )
            .OrderByDescending(delivery => delivery.Id)
            .ToLookup(delivery => delivery.SourceId);

    private static DeliveryInfo Of(DeliveryRow delivery, Row row) =>
        new()
        {
            Id = delivery.Id,
            Source = row.Source.Id,
            Connection = row.Connection,
            Repository = row.Source.Repository,
            HeardBy = delivery.HeardBy.ToString().ToLowerInvariant(),
            State = delivery.State.ToString().ToLowerInvariant(),
            ReceivedAt = delivery.ReceivedAt,
            Became = delivery.Became,
            Repeats = delivery.Repeats,
        };

    private sealed class Row
    {
        public required SourceRow Source { get; init; }
        public required string Connection { get; init; }
        public HookRow? Hook { get; init; }
    }

    private IQueryable<Row> Rows(Caller caller)
    {
        var kinds = providers.Where(provider => provider is IManageHooks).Select(provider => provider.Kind).ToList();
        return from source in sources.Of(caller)
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where kinds.Contains(connection.Kind)
            from hook in db.Set<HookRow>().Where(row => row.SourceId == source.Id).DefaultIfEmpty()
            select new Row
            {
                Source = source,
                Connection = connection.Slug,
                Hook = hook,
            };
    }

    private HookInfo Of(Row row) =>
        new(row.Source.Id, row.Connection, row.Source.Repository, options.HookUrl(row.Source.HookId), StateOf(row))
        {
            Note = IsOff(row) ? "Its host is only looked at, every half minute." : row.Hook?.Note,
            Remedy = row.Hook?.Remedy,
            CheckedAt = row.Hook?.CheckedAt,
            HeardAt = row.Source.HookHeardAt,
        };

    private static string StateOf(Row row) =>
        IsOff(row) ? "off"
        : row.Hook is { CheckedAt: not null } hook ? Word(hook.State)
        : "new";

    /// <summary>Nobody wants it there, and it is not.</summary>
    private static bool IsOff(Row row) => row.Source.OutboundOnly && row.Hook is null or { State: HookState.Removed };

    private static string Word(HookState state) =>
        state == HookState.ByHand ? "by-hand" : state.ToString().ToLowerInvariant();
}
