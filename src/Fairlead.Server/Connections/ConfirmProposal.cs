using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>
/// A person has compared what the last verification proposed (host keys, a certificate, a token service) and stands
/// for it. Only what they saw is stored.
/// </summary>
internal sealed class ConfirmProposal(
    FairleadDb db,
    UsableConnections connections,
    VerifyConnection verify,
    ShowConnection show,
    AuditLog audit
)
{
    public async Task<Outcome<ConnectionView>> Run(
        string slug,
        ProposalConfirmation input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.FindToChange(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        if (row.Scope == ScopeOfUse.Private && row.OwnerId != caller.PersonId)
            return ConnectionFailures.OnlyHandOver;
        if (
            row.Verdict.Proposal is not { } proposal
            || (proposal.Setting, proposal.Shown) != (input.Setting, input.Shown)
        )
            return ConnectionFailures.ProposalGone;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            row.Settings = row.Settings.With(new Dictionary<string, string> { [proposal.Setting] = proposal.Value });
            row.Verdict = Verdict.Unverified;
            row.VerdictKind = VerdictKind.Unverified;
            row.Revision++;
            var detail = $"{proposal.Setting}: {proposal.Shown}";
            var subject = $"connection/{slug}";
            await audit.Append(db, caller.Name, "connection.confirmed", subject, detail, caller.Address, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ConnectionFailures.Changed;
        }
        await verify.Now(row.Id, cancel);
        return await show.Run(slug, caller, cancel);
    }
}
