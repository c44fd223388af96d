using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>
/// Changes at a host cannot be part of a transaction here, so the audit log tells of each before it is asked for, and
/// again when the host refused: what was asked and not refused was done.
/// </summary>
internal sealed class ChangeLog(FairleadDb db, AuditLog audit)
{
    /// <param name="what">Of the pair <c>asked</c> and <c>refused</c>, the part before: <c>branch.merge</c>.</param>
    public async Task<Outcome<T>> Around<T>(
        string what,
        string subject,
        string detail,
        Caller caller,
        Func<Task<Outcome<T>>> change
    )
    {
        await Write($"{what}-asked", subject, detail, caller);
        var outcome = await change();
        if (outcome.Failure is { } failure)
            await Write($"{what}-refused", subject, $"{detail}: {failure.Code}", caller);
        return outcome;
    }

    private async Task Write(string what, string subject, string detail, Caller caller)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await audit.Append(db, caller.Name, what, subject, detail, caller.Address);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
