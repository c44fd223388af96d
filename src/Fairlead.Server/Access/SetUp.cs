using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>The first administrator, made once, by whoever holds the link the server printed.</summary>
internal sealed class SetUp(FairleadDb db, OneTimeLinks links, Passwords passwords, AuditLog audit, TimeProvider time)
{
    public async Task<Outcome<PersonRow>> Run(SetUpRequest input, string? address, CancellationToken cancel)
    {
        if (Check(input) is { Count: > 0 } failures)
            return Failure.Of(failures);
        var hash = passwords.Hash(input.Password);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.FirstSetUp, cancel);
        if (await db.Set<PersonRow>().AnyAsync(cancel))
            return AccessFailures.AlreadySetUp;
        if (!(await links.Use(input.Link, cancel)).Try(out var link, out var spent))
            return spent;
        if (link.PersonId is not null)
            return AccessFailures.LinkSpent;
        var person = new PersonRow
        {
            Name = input.Name,
            DisplayName = string.IsNullOrWhiteSpace(input.DisplayName) ? input.Name : input.DisplayName.Trim(),
            PasswordHash = hash,
            Role = Role.Administrator,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(person);
        await audit.Append(
            db,
            person.Name,
            "person.set-up",
            $"person/{person.Name}",
            "The first administrator.",
            address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return person;
    }

    private static List<Failure> Check(SetUpRequest input)
    {
        var failures = new List<Failure>();
        if (!Names.IsWellFormed(input.Name))
            failures.Add(PeopleFailures.NameMalformed);
        if (input.DisplayName is { Length: > 100 })
            failures.Add(PeopleFailures.DisplayNameTooLong);
        if (Names.CheckPassword(input.Name, input.Password) is { } password)
            failures.Add(password);
        return failures;
    }
}
