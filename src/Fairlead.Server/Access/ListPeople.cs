using System.Linq.Expressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Everyone who can sign in, found by a part of their names.</summary>
internal sealed class ListPeople(FairleadDb db)
{
    public async Task<Page<Person>> Run(string? q, int page, int size, CancellationToken cancel)
    {
        var rows = db.Set<PersonRow>().AsNoTracking();
        if (q.Part() is { } part)
            rows = rows.Where(Matches(part));
        return (await rows.OrderBy(row => row.Name).ToPage(page, size, cancel)).Map(PersonWire.Of);
    }

    private static Expression<Func<PersonRow, bool>> Matches(string part) =>
        row => row.Name.Contains(part) || row.DisplayName.ToLower().Contains(part);
}

internal static class PersonWire
{
    public static Person Of(PersonRow row) =>
        new(
            row.Name,
            row.DisplayName,
            row.Role.Text(),
            row.Disabled,
            row.PasswordHash is not null,
            row.LockedUntil,
            row.CreatedAt
        );
}
