using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>
/// Whose connections are whose. What scope of use does not allow does not exist for a caller; an administrator sees
/// that private ones exist, to hand them over or delete them, and does not use them.
/// </summary>
internal sealed class UsableConnections(FairleadDb db)
{
    /// <summary>Those the caller may bind, list branches of, and see the settings of.</summary>
    public IQueryable<ConnectionRow> For(Caller caller)
    {
        var groups = caller.Groups.ToList();
        var granted = db.Set<ConnectionGrantRow>()
            .Where(grant =>
                grant.PersonId == caller.PersonId || (grant.GroupId != null && groups.Contains(grant.GroupId.Value))
            )
            .Select(grant => grant.ConnectionId);
        return db.Set<ConnectionRow>()
            .Where(connection =>
                connection.OwnerId == caller.PersonId
                || connection.Scope == ScopeOfUse.Public
                || (connection.Scope == ScopeOfUse.Custom && granted.Contains(connection.Id))
            );
    }

    /// <summary>Those the caller may know of.</summary>
    public IQueryable<ConnectionRow> KnownTo(Caller caller) =>
        caller.IsAdministrator ? db.Set<ConnectionRow>() : For(caller);

    /// <summary>By the ID people type; the failure is the same for "none" and "not yours".</summary>
    public async Task<Outcome<ConnectionRow>> Find(string slug, Caller caller, CancellationToken cancel)
    {
        var row = await For(caller).AsNoTracking().SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        return row is null ? ConnectionFailures.Unknown(slug) : row;
    }

    /// <summary>Like <see cref="Find"/>, for those who may change it: its owner, and administrators.</summary>
    /// <remarks>The row is tracked.</remarks>
    public async Task<Outcome<ConnectionRow>> FindToChange(string slug, Caller caller, CancellationToken cancel)
    {
        var row = await KnownTo(caller).SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        return row is null ? ConnectionFailures.Unknown(slug)
            : row.OwnerId == caller.PersonId || caller.IsAdministrator ? row
            : ConnectionFailures.NotYours;
    }
}
