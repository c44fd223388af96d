using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>The sources a caller may see: those whose connection they may see.</summary>
internal sealed class VisibleSources(FairleadDb db)
{
    public IQueryable<SourceRow> Of(Caller caller)
    {
        return db.Set<SourceRow>();
    }

    public Task<SourceRow?> Find(long id, Caller caller, CancellationToken cancel) =>
        Of(caller).SingleOrDefaultAsync(source => source.Id == id, cancel);
}
