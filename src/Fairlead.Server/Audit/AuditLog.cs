using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Audit;

/// <summary>
/// Appends to the audit chain inside the transaction of what it tells about: both are committed, or neither. When the
/// entry cannot be written, the act does not happen.
/// </summary>
internal sealed class AuditLog(TimeProvider time)
{
    /// <summary>Adds one entry to the caller's open transaction; saving and committing stay with the caller.</summary>
    /// <param name="who">A person's name, <c>job/12</c> or <c>server</c>.</param>
    /// <param name="what">Dotted, past tense: <c>connection.created</c>.</param>
    /// <param name="subject">What it was done to: <c>connection/acme-git</c>.</param>
    /// <param name="detail">One sentence more; never a secret.</param>
    public async Task Append(
        FairleadDb db,
        string who,
        string what,
        string subject,
        string detail = "",
        string? address = null,
        CancellationToken cancel = default
    )
    {
        await WriteLock.Take(db, LockName.Audit, cancel);
        var last = await Last(db, cancel);
        var row = new AuditRow
        {
            Id = (last?.Id ?? 0) + 1,
            At = time.GetUtcNow(),
            Who = who,
            What = what,
            Subject = subject,
            Detail = detail,
            Address = address,
            Hash = [],
        };
        row.Hash = AuditChain.Hash(last?.Hash ?? AuditChain.Start, row);
        db.Add(row);
    }

    private static async Task<AuditRow?> Last(FairleadDb db, CancellationToken cancel) =>
        db.ChangeTracker.Entries<AuditRow>()
            .Where(entry => entry.State == EntityState.Added)
            .Select(entry => entry.Entity)
            .MaxBy(row => row.Id)
        ?? await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel);
}
