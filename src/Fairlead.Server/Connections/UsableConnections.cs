using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Data;

namespace Fairlead.Server.Connections;

/// <summary>The connections a person may use, by their scopes of use.</summary>
internal sealed class UsableConnections(FairleadDb db)
{
    public IQueryable<ConnectionRow> For(Caller caller)
    {
        var all = db.Set<ConnectionRow>();
        if (caller.IsAdministrator)
            return all;
        var grants = db.Set<ConnectionGrantRow>()
            .Where(grant => grant.PersonId == caller.PersonId || caller.Groups.Contains(grant.GroupId ?? 0))
            .Select(grant => grant.ConnectionId);
        return all.Where(connection =>
            connection.OwnerId == caller.PersonId
            || connection.Scope == ScopeOfUse.Public
            || connection.Scope == ScopeOfUse.Custom && grants.Contains(connection.Id)
        );
    }
}
