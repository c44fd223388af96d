using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>The sources a caller may see, by connection and repository.</summary>
internal sealed class ListSources(FairleadDb db, VisibleSources sources, ServerOptions options)
{
    public async Task<Page<SourceInfo>> Run(string? q, int page, int size, Caller caller, CancellationToken cancel)
    {
        var part = q.Part();
        var rows =
            from row in Visible(caller)
            where part == null || row.Slug.Contains(part) || row.Source.Repository.ToLower().Contains(part)
            orderby row.Slug, row.Source.Repository
            select row;
        return (await rows.ToPage(page, size, cancel)).Map(Info);
    }

    public async Task<Outcome<SourceInfo>> One(long id, Caller caller, CancellationToken cancel) =>
        await Visible(caller).SingleOrDefaultAsync(row => row.Source.Id == id, cancel) is { } row
            ? Info(row)
            : EventFailures.SourceUnknown(id);

    private IQueryable<Found> Visible(Caller caller) =>
        from source in sources.Of(caller)
        join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
        select new Found
        {
            Source = source,
            Slug = connection.Slug,
            Refs = db.Set<RefHeadRow>().Count(head => head.SourceId == source.Id),
        };

    private SourceInfo Info(Found row) =>
        new()
        {
            Id = row.Source.Id,
            Connection = row.Slug,
            Repository = row.Source.Repository,
            HookUrl = options.HookUrl(row.Source.HookId),
            HookHeardAt = row.Source.HookHeardAt,
            Polling = row.Source.Polling,
            OutboundOnly = row.Source.OutboundOnly,
            Looks = row.Source.Looks,
            LooksUnchanged = row.Source.LooksUnchanged,
            LookedAt = row.Source.PolledAt,
            NextLookAt = row.Source.NextPollAt,
            LookFailure = row.Source.PollFailure,
            Refs = row.Refs,
        };

    private sealed class Found
    {
        public required SourceRow Source { get; init; }
        public required string Slug { get; init; }
        public required int Refs { get; init; }
    }
}
