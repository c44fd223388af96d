using Fairlead.Contracts.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>What the caller is known as, and may do.</summary>
internal sealed class WhoIs(FairleadDb db)
{
    public async Task<WhoAmI> Run(Caller caller, CancellationToken cancel)
    {
        var person = await db.Set<PersonRow>().AsNoTracking().SingleAsync(row => row.Id == caller.PersonId, cancel);
        var groups = await db.Set<GroupRow>()
            .Where(group => caller.Groups.Contains(group.Id))
            .OrderBy(group => group.Name)
            .Select(group => group.Name)
            .ToListAsync(cancel);
        var scopes = caller.Scopes.Order(StringComparer.Ordinal).ToList();
        return new WhoAmI(person.Name, person.DisplayName, person.Role.Text(), scopes, groups);
    }
}
