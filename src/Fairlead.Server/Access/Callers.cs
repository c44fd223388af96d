using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

internal static class Callers
{
    /// <summary>The person as a caller, with role and groups of this moment; null when disabled.</summary>
    public static async Task<Caller?> Of(
        FairleadDb db,
        long personId,
        IReadOnlySet<string> scopes,
        string? address,
        CancellationToken cancel
    )
    {
        var person = await db.Set<PersonRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == personId && !row.Disabled, cancel);
        if (person is null)
            return null;
        var groups = await db.Set<GroupMemberRow>()
            .Where(member => member.PersonId == personId)
            .Select(member => member.GroupId)
            .ToListAsync(cancel);
        return new Caller(person.Id, person.Name, person.Role, groups.ToHashSet(), scopes, address);
    }
}
