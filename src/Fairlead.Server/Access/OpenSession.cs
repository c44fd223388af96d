using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>
/// Signs a browser in: a fresh session, whatever the browser had before. The value returned goes into the cookie
/// (<see cref="SessionCookie"/>) and nowhere else.
/// </summary>
internal sealed class OpenSession(FairleadDb db, Sessions sessions, OneTimeLinks links, AuditLog audit)
{
    /// <param name="person">Whose password or set-up link was just found right.</param>
    public async Task<string> Run(PersonRow person, string? userAgent, string? address, CancellationToken cancel)
    {
        var value = sessions.Start(person.Id, userAgent, address);
        await db.SaveChangesAsync(cancel);
        return value;
    }

    /// <summary>With a one-time link: uses it up and opens the session in one transaction.</summary>
    public async Task<Outcome<string>> ByLink(
        string secret,
        string? userAgent,
        string? address,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await links.Use(secret, cancel)).Try(out var link, out var spent))
            return spent;
        var person = await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Id == link.PersonId, cancel);
        if (person is null or { Disabled: true })
            return AccessFailures.LinkSpent;
        var value = sessions.Start(person.Id, userAgent, address);
        await audit.Append(
            db,
            person.Name,
            "person.signed-in",
            $"person/{person.Name}",
            "With a one-time link.",
            address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return value;
    }
}
