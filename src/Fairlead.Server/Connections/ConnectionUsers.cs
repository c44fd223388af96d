using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>What is bound to a connection: image repositories that are built from it or pushed to it.</summary>
internal sealed class ConnectionUsers(FairleadDb db, UsableConnections connections)
{
    public async Task<Outcome<IReadOnlyList<ConnectionUser>>> Run(string slug, Caller caller, CancellationToken cancel)
    {
        var row = await connections.KnownTo(caller).SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        return row is null ? ConnectionFailures.Unknown(slug) : (await Of(row.Id, cancel)).ToList();
    }

    public async Task<IReadOnlyList<ConnectionUser>> Of(long connectionId, CancellationToken cancel)
    {
        var images = await (
            from image in db.Set<ImageRow>()
            join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
            join source in db.Set<SourceRow>() on image.SourceId equals source.Id into sources
            from source in sources.DefaultIfEmpty()
            where image.TargetConnectionId == connectionId || source.ConnectionId == connectionId
            orderby space.Name, image.Name
            select space.Name + "/" + image.Name
        ).ToListAsync(cancel);
        return [.. images.Distinct().Select(name => new ConnectionUser("image", name))];
    }
}
