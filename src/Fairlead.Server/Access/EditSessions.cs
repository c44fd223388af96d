using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>The caller's own signed-in browsers.</summary>
internal sealed class EditSessions(FairleadDb db, AuditLog audit, TimeProvider time)
{
    public async Task<Page<Session>> List(Caller caller, int page, int size, CancellationToken cancel)
    {
        var (now, idle) = (time.GetUtcNow(), time.GetUtcNow() - Sessions.Idle);
        var found = await db.Set<SessionRow>()
            .AsNoTracking()
            .Where(row => row.PersonId == caller.PersonId && row.ExpiresAt > now && row.LastSeenAt > idle)
            .OrderByDescending(row => row.LastSeenAt)
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

    /// <param name="id">Null ends all but the caller's own.</param>
    public async Task<Outcome<Done>> End(long? id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ended = await db.Set<SessionRow>()
            .Where(row => row.PersonId == caller.PersonId && (id == null ? row.Id != caller.SessionId : row.Id == id))
            .ExecuteDeleteAsync(cancel);
        if (ended == 0 && id is not null)
            return TokenFailures.NoSuchSession;
        var detail = id is null ? $"All {ended} others." : "";
        await audit.Append(db, caller.Name, "session.ended", $"person/{caller.Name}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
