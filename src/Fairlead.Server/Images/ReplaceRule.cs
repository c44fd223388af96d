using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>Puts a whole rule in the place of another; builds already asked for keep what the old one said.</summary>
internal sealed class ReplaceRule(FairleadDb db, RequestRules requests, LedgerBell bell, AuditLog audit)
{
    public async Task<Outcome<RuleInfo>> Run(
        string space,
        string name,
        long id,
        RuleInput input,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var row = await db.Set<RuleRow>().FirstOrDefaultAsync(r => r.Id == id && r.ImageId == found.Image.Id, cancel);
        if (row is null)
            return ImageFailures.RuleUnknown(found.Name, id);
        if (!RuleReading.Read(input).Try(out var rule, out var wrong))
            return wrong;
        if (found.Source is not null)
        {
            if (!(await requests.Check(rule, found.Source.Id, "", cancel)).Try(out _, out var noRequests))
                return noRequests;
            await requests.Begin(rule, found.Source.Id, cancel);
        }
        row.Write(rule, input.NewestWins);
        await audit.Append(
            db,
            caller.Name,
            "rule.replaced",
            $"image/{found.Name}/rule/{id}",
            "",
            caller.Address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring();
        return row.ToInfo();
    }
}
