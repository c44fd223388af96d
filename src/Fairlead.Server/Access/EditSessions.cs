using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Signed-in browsers: the caller's own and, for administrators, those of another person.</summary>
internal sealed class EditSessions(FairleadDb db, AuditLog audit, TimeProvider time)
{
    public Task<Page<Session>> List(Caller caller, string? q, int page, int size, CancellationToken cancel) =>
        List(caller.PersonId, caller, q, page, size, cancel);

    public async Task<Outcome<Page<Session>>> ListOf(
        string person,
        Caller caller,
        string? q,
        int page,
        int size,
        CancellationToken cancel
    ) =>
        await IdOf(person, cancel) is { } id
            ? await List(id, caller, q, page, size, cancel)
            : PeopleFailures.NoSuch("person", person);

    /// <param name="id">Null ends all but the caller's own.</param>
    public Task<Outcome<Done>> End(long? id, Caller caller, CancellationToken cancel) =>
        End(caller.PersonId, caller.Name, id, caller, cancel);

    /// <param name="id">Null ends all of the person's, but never the one that asks.</param>
    public async Task<Outcome<Done>> EndOf(string person, long? id, Caller caller, CancellationToken cancel) =>
        await IdOf(person, cancel) is { } personId
            ? await End(personId, person, id, caller, cancel)
            : PeopleFailures.NoSuch("person", person);

    private async Task<Page<Session>> List(
        long personId,
        Caller caller,
        string? q,
        int page,
        int size,
        CancellationToken cancel
    )
    {
        var (now, idle) = (time.GetUtcNow(), time.GetUtcNow() - Sessions.Idle);
        var part = q.Part();
        var found = await db.Set<SessionRow>()
            .AsNoTracking()
            .Where(row => row.PersonId == personId && row.ExpiresAt > now && row.LastSeenAt > idle)
            .Where(row => part == null || row.UserAgent!.ToLower().Contains(part) || row.Address!.Contains(part))
            .OrderByDescending(row => row.LastSeenAt)
            .ThenByDescending(row => row.Id)
            .ToPage(page, size, cancel);
        return found.Map(row => new Session(
            row.Id,
            row.CreatedAt,
            row.LastSeenAt,
            row.ExpiresAt,
            row.UserAgent,
            row.Address,
            row.Id == caller.SessionId
        ));
    }

    private async Task<Outcome<Done>> End(
        long personId,
        string person,
        long? id,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ended = await db.Set<SessionRow>()
            .Where(row => row.PersonId == personId && (id == null ? row.Id != caller.SessionId : row.Id == id))
            .ExecuteDeleteAsync(cancel);
        if (ended == 0 && id is not null)
            return TokenFailures.NoSuchSession;
        var detail = id is null ? $"All {ended} others." : "";
        await audit.Append(db, caller.Name, "session.ended", $"person/{person}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private Task<long?> IdOf(string name, CancellationToken cancel) =>
        db.Set<PersonRow>().Where(row => row.Name == name).Select(row => (long?)row.Id).SingleOrDefaultAsync(cancel);
}
