using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>What is bound to a connection: image repositories that are built from it or pushed to it.</summary>
internal sealed class ConnectionUsers(FairleadDb db, UsableConnections connections)
{
    public async Task<Outcome<Page<ConnectionUser>>> Run(
        string slug,
        string? q,
        int page,
        int size,
        Caller caller,
        CancellationToken cancel
    )
    {
        var row = await connections.KnownTo(caller).SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        if (row is null)
            return ConnectionFailures.Unknown(slug);
        var part = q.Part();
        var names = Names(row.Id).Where(name => part == null || name.Contains(part));
        return (await names.OrderBy(name => name).ToPage(page, size, cancel)).Map(Image);
    }

    public async Task<IReadOnlyList<ConnectionUser>> Of(long connectionId, CancellationToken cancel) =>
        [.. (await Names(connectionId).OrderBy(name => name).ToListAsync(cancel)).Select(Image)];

    private static ConnectionUser Image(string name) => new("image", name);

    private IQueryable<string> Names(long connectionId) =>
        (
            from image in db.Set<ImageRow>()
            join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
            join source in db.Set<SourceRow>() on image.SourceId equals source.Id into sources
            from source in sources.DefaultIfEmpty()
            where image.TargetConnectionId == connectionId || source.ConnectionId == connectionId
            select space.Name + "/" + image.Name
        ).Distinct();
}
