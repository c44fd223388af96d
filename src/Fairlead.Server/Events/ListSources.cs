using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Web;

namespace Fairlead.Server.Events;

/// <summary>The sources a caller may see, by connection and repository.</summary>
internal sealed class ListSources(FairleadDb db, VisibleSources sources, ServerOptions options)
{
    public async Task<Page<SourceInfo>> Run(int number, int size, Caller caller, CancellationToken cancel)
    {
        var rows =
            from source in sources.Of(caller)
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            orderby connection.Slug, source.Repository
            select new
            {
                Source = source,
                connection.Slug,
                Refs = db.Set<RefHeadRow>().Count(head => head.SourceId == source.Id),
            };
        var page = await rows.ToPage(number, size, cancel);
        return page.Map(row => new SourceInfo
        {
            Id = row.Source.Id,
            Connection = row.Slug,
            Repository = row.Source.Repository,
            HookUrl = options.HookUrl(row.Source.HookId),
            HookHeardAt = row.Source.HookHeardAt,
            Polling = row.Source.Polling,
            LookedAt = row.Source.PolledAt,
            NextLookAt = row.Source.NextPollAt,
            LookFailure = row.Source.PollFailure,
            Refs = row.Refs,
        });
    }
}
