using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>
/// Name and password to a person. Answers in the same words and the same time whether or not the name exists, and
/// pauses longer and longer after failures, per name (known or not) and per address.
/// </summary>
internal sealed class SignIn(
    FairleadDb db,
    Passwords passwords,
    SignInThrottle throttle,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Outcome<PersonRow>> Run(string name, string password, string? address, CancellationToken cancel)
    {
        if (throttle.Try(address) is { } wait)
            return AccessFailures.TooManyTries(wait);
        var person = await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Name == name, cancel);
        var now = time.GetUtcNow();
        var lockedUntil = person is null ? throttle.LockedUntil(name) : person.LockedUntil;
        if (lockedUntil > now)
            return AccessFailures.TooManyTries(lockedUntil.Value - now);
        var right = passwords.Matches(person is { Disabled: false } ? person.PasswordHash : null, password);
        if (right && person is not null)
            return await Succeed(person, address, cancel);
        await Fail(person, name, address, cancel);
        return AccessFailures.SignInRefused;
    }

    private async Task<PersonRow> Succeed(PersonRow person, string? address, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (person.FailedSignIns, person.LockedUntil) = (0, null);
        await audit.Append(db, person.Name, "person.signed-in", $"person/{person.Name}", "", address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return person;
    }

    private async Task Fail(PersonRow? person, string name, string? address, CancellationToken cancel)
    {
        if (person is null)
        {
            throttle.Failed(name);
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Counted in the database, so tries side by side are all counted.
        await db.Set<PersonRow>()
            .Where(row => row.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedSignIns, row => row.FailedSignIns + 1), cancel);
        await db.Entry(person).ReloadAsync(cancel);
        person.LockedUntil = SignInThrottle.Pause(person.FailedSignIns) is { } pause ? time.GetUtcNow() + pause : null;
        await audit.Append(db, person.Name, "person.sign-in-failed", $"person/{person.Name}", "", address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
