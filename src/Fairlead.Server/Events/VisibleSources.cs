using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>The sources a caller may see: those whose connection they may use.</summary>
internal sealed class VisibleSources(FairleadDb db, UsableConnections connections)
{
    public IQueryable<SourceRow> Of(Caller caller) =>
        from source in db.Set<SourceRow>()
        join connection in connections.For(caller) on source.ConnectionId equals connection.Id
        select source;

    public Task<SourceRow?> Find(long id, Caller caller, CancellationToken cancel) =>
        Of(caller).SingleOrDefaultAsync(source => source.Id == id, cancel);
}
