using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Someone new, with a password or with a link to hand to them.</summary>
internal sealed class CreatePerson(
    FairleadDb db,
    Passwords passwords,
    OneTimeLinks links,
    AuditLog audit,
    ServerOptions options,
    TimeProvider time
)
{
    public async Task<Outcome<PersonMade>> Run(NewPerson input, Caller caller, CancellationToken cancel)
    {
        if (Check(input) is { Count: > 0 } failures)
            return Failure.Of(failures);
        var hash = input.Password is { } password ? passwords.Hash(password) : null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Access, cancel);
        if (await db.Set<PersonRow>().AnyAsync(row => row.Name == input.Name, cancel))
            return PeopleFailures.NameTaken("person", input.Name);
        var person = new PersonRow
        {
            Name = input.Name,
            DisplayName = string.IsNullOrWhiteSpace(input.DisplayName) ? input.Name : input.DisplayName.Trim(),
            PasswordHash = hash,
            Role = Roles.Parse(input.Role)!.Value,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(person);
        await db.SaveChangesAsync(cancel);
        var link = hash is null ? options.LinkTo(links.Make(person.Id, OneTimeLinks.ForPerson)) : null;
        var detail = $"Role {input.Role}.";
        await audit.Append(db, caller.Name, "person.created", $"person/{person.Name}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new PersonMade(PersonWire.Of(person), link);
    }

    private static List<Failure> Check(NewPerson input)
    {
        var failures = new List<Failure>();
        if (!Names.IsWellFormed(input.Name))
            failures.Add(PeopleFailures.NameMalformed);
        if (input.DisplayName is { Length: > 100 })
            failures.Add(PeopleFailures.DisplayNameTooLong);
        if (Roles.Parse(input.Role) is null)
            failures.Add(PeopleFailures.RoleUnknown);
        if (input.Password is { } given && Names.CheckPassword(input.Name, given) is { } password)
            failures.Add(password);
        return failures;
    }
}
