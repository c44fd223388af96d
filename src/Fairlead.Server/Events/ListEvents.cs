using System.Globalization;
using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Core.Events;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>Events a caller may see, the newest first.</summary>
internal sealed class ListEvents(FairleadDb db, VisibleSources sources)
{
    public Task<Page<EventInfo>> Run(EventFilter filter, Caller caller, CancellationToken cancel) =>
        Visible(filter, caller).ToPage(filter.Page, filter.Size, cancel);

    /// <summary>The events a delivery led to, the newest first.</summary>
    public Task<List<EventInfo>> Of(long delivery, Caller caller, CancellationToken cancel) =>
        Visible(new EventFilter(), caller).Where(change => change.Delivery == delivery).ToListAsync(cancel);

    private IQueryable<EventInfo> Visible(EventFilter filter, Caller caller)
    {
        var visible =
            from source in sources.Of(caller)
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            where filter.Source == null || source.Id == filter.Source
            where filter.Connection == null || connection.Slug == filter.Connection
            select new
            {
                source.Id,
                connection.Slug,
                source.Repository,
            };
        var names = filter.Ref is { Length: > 0 } name
            ? new[] { name, $"refs/heads/{name}", $"refs/tags/{name}", $"refs/pull/{name}/head" }
            : [];
        var part = filter.Q.Part();
        HeardBy? heardBy = Enum.TryParse<HeardBy>(filter.HeardBy, true, out var heard) ? heard : null;
        return from change in db.Set<EventRow>().AsNoTracking()
            join source in visible on change.SourceId equals source.Id
            from request in db.Set<RequestRow>()
                .Where(row => row.SourceId == change.SourceId && row.Ref == change.Ref)
                .DefaultIfEmpty()
            where names.Length == 0 || names.Contains(change.Ref)
            where heardBy == null || change.HeardBy == heardBy
            where
                part == null
                || change.Ref.ToLower().Contains(part)
                || change.After!.Contains(part)
                || change.Became.ToLower().Contains(part)
                || request.Title.ToLower().Contains(part)
            orderby change.Id descending
            select new EventInfo
            {
                Id = change.Id,
                Source = change.SourceId,
                Connection = source.Slug,
                Repository = source.Repository,
                Ref = change.Ref,
                Before = change.Before,
                After = change.After,
                Request = request == null ? null : Info(request),
                Recovered = change.Recovered == null ? null : Recoveries.Words(change.Recovered.Value),
                HeardBy = change.HeardBy.ToString().ToLower(),
                Delivery = change.DeliveryId,
                HeardAt = change.HeardAt,
                Became = change.Became,
            };
    }

    private static RequestInfo Info(RequestRow row) =>
        new(
            GitRef.TryParse(row.Ref, out var name) ? long.Parse(name.Name, CultureInfo.InvariantCulture) : 0,
            row.Title,
            row.Target,
            row.FromFork
        );
}
