using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>Changes whose a connection is and who may use it, in the caller's transaction.</summary>
internal sealed class ChangeUse(FairleadDb db, ConnectionUsers users)
{
    /// <returns>Why it may not be; null when it was done.</returns>
    public async Task<Failure?> Run(
        ConnectionRow row,
        ConnectionChange change,
        ScopeDraft? scope,
        CancellationToken cancel
    )
    {
        if (scope is not null && !change.Force && await Narrows(row, scope, cancel))
        {
            var bound = await users.Of(row.Id, cancel);
            if (bound.Count > 0)
                return ConnectionFailures.InUse(row.Slug, "narrowed", [.. bound.Select(user => user.Name)]);
        }
        if (change.Owner is { } owner)
        {
            var person = await db.Set<PersonRow>().SingleOrDefaultAsync(found => found.Name == owner, cancel);
            if (person is null || person.Disabled)
                return ConnectionFailures.NoSuch("person", owner, "owner");
            row.OwnerId = person.Id;
        }
        if (scope is null)
            return null;
        row.Scope = scope.Scope;
        await db.Set<ConnectionGrantRow>().Where(grant => grant.ConnectionId == row.Id).ExecuteDeleteAsync(cancel);
        db.AddRange(scope.Grants(row.Id));
        return null;
    }

    /// <summary>Somebody who might have used it may not any more.</summary>
    private async Task<bool> Narrows(ConnectionRow row, ScopeDraft scope, CancellationToken cancel)
    {
        if (scope.Scope == ScopeOfUse.Public || row.Scope == ScopeOfUse.Private)
            return false;
        if (row.Scope == ScopeOfUse.Public || scope.Scope == ScopeOfUse.Private)
            return true;
        var grants = await db.Set<ConnectionGrantRow>()
            .AsNoTracking()
            .Where(grant => grant.ConnectionId == row.Id)
            .ToListAsync(cancel);
        return grants.Any(grant =>
            !scope.People.Contains(grant.PersonId ?? 0) && !scope.Groups.Contains(grant.GroupId ?? 0)
        );
    }
}
