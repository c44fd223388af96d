using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Deliveries a caller may see, the newest first, and one of them with its body.</summary>
internal sealed class ListDeliveries(FairleadDb db, VisibleSources sources, ListEvents events)
{
    public Task<Page<DeliveryInfo>> Run(DeliveryFilter filter, Caller caller, CancellationToken cancel) =>
        Visible(filter, caller).ToPage(filter.Page, filter.Size, cancel);

    public async Task<Outcome<DeliveryDetail>> One(long id, Caller caller, CancellationToken cancel)
    {
        var info = await Visible(new DeliveryFilter(), caller).SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (info is null)
            return EventFailures.DeliveryUnknown(id);
        var row = await db.Set<DeliveryRow>()
            .AsNoTracking()
            .Include(row => row.Body)
            .SingleAsync(row => row.Id == id, cancel);
        var led = await events.Of(id, caller, cancel);
        return new DeliveryDetail(info, row.Key, Encoding.UTF8.GetString(row.Sent()), led);
    }

    private IQueryable<DeliveryInfo> Visible(DeliveryFilter filter, Caller caller)
    {
        var part = filter.Q.Part();
        DeliveryState? state = Enum.TryParse<DeliveryState>(filter.State, true, out var asked) ? asked : null;
        HeardBy? heardBy = Enum.TryParse<HeardBy>(filter.HeardBy, true, out var heard) ? heard : null;
        return from delivery in db.Set<DeliveryRow>().AsNoTracking()
            join source in sources.Of(caller) on delivery.SourceId equals source.Id
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where filter.Source == null || source.Id == filter.Source
            where filter.Connection == null || connection.Slug == filter.Connection
            where state == null || delivery.State == state
            where heardBy == null || delivery.HeardBy == heardBy
            where part == null || delivery.Became!.ToLower().Contains(part)
            orderby delivery.Id descending
            select new DeliveryInfo
            {
                Id = delivery.Id,
                Source = source.Id,
                Connection = connection.Slug,
                Repository = source.Repository,
                HeardBy = delivery.HeardBy.ToString().ToLower(),
                State = delivery.State.ToString().ToLower(),
                ReceivedAt = delivery.ReceivedAt,
                Became = delivery.Became,
                Repeats = delivery.Repeats,
                Recovered = delivery.Recovered == null ? null : Recoveries.Words(delivery.Recovered.Value),
            };
    }
}
