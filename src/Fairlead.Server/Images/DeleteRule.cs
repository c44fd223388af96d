using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>Removes a rule. Its builds stay, and still say what they were made from.</summary>
internal sealed class DeleteRule(FairleadDb db, AuditLog audit)
{
    public async Task<Outcome<Done>> Run(string space, string name, long id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var row = await db.Set<RuleRow>().FirstOrDefaultAsync(r => r.Id == id && r.ImageId == found.Image.Id, cancel);
        if (row is null)
            return ImageFailures.RuleUnknown(found.Name, id);
        db.Remove(row);
        await audit.Append(
            db,
            caller.Name,
            "rule.deleted",
            $"image/{found.Name}/rule/{id}",
            "",
            caller.Address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
