using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>One's own password. Ends every other session.</summary>
internal sealed class ChangePassword(
    FairleadDb db,
    Passwords passwords,
    SignInThrottle throttle,
    Sessions sessions,
    AuditLog audit
)
{
    public async Task<Outcome<Done>> Run(PasswordChange input, Caller caller, CancellationToken cancel)
    {
        if (throttle.Try(caller.Address) is { } wait)
            return AccessFailures.TooManyTries(wait);
        if (Names.CheckPassword(caller.Name, input.Password) is { } failure)
            return failure;
        var known = await db.Set<PersonRow>().AsNoTracking().SingleAsync(row => row.Id == caller.PersonId, cancel);
        if (known.PasswordHash is not null && !passwords.Matches(known.PasswordHash, input.Current ?? ""))
            return PeopleFailures.PasswordWrong;
        var hash = passwords.Hash(input.Password);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var person = await db.Set<PersonRow>().SingleAsync(row => row.Id == caller.PersonId, cancel);
        (person.PasswordHash, person.FailedSignIns, person.LockedUntil) = (hash, 0, null);
        await sessions.EndAll(person.Id, cancel, except: caller.SessionId);
        await audit.Append(
            db,
            caller.Name,
            "person.password-changed",
            $"person/{person.Name}",
            "",
            caller.Address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
