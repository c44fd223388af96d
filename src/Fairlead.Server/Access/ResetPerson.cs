using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Takes a person's password and sessions away and makes a one-time link to hand to them.</summary>
internal sealed class ResetPerson(
    FairleadDb db,
    Sessions sessions,
    OneTimeLinks links,
    AuditLog audit,
    ServerOptions options,
    TimeProvider time
)
{
    public async Task<Outcome<LinkMade>> Run(string name, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var person = await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Name == name && !row.Disabled, cancel);
        if (person is null)
            return PeopleFailures.NoSuch("person", name);
        (person.PasswordHash, person.FailedSignIns, person.LockedUntil) = (null, 0, null);
        await sessions.EndAll(person.Id, cancel);
        await links.Withdraw(person.Id, cancel);
        var secret = links.Make(person.Id, OneTimeLinks.ForPerson);
        await audit.Append(db, caller.Name, "person.reset", $"person/{name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new LinkMade(options.LinkTo(secret), time.GetUtcNow() + OneTimeLinks.ForPerson);
    }
}
