using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class CreateRule(
    FairleadDb db,
    RequestRules requests,
    LedgerBell bell,
    AuditLog audit,
    TimeProvider time
)
{
    public const int Limit = 50;

    public async Task<Outcome<RuleInfo>> Run(
        string space,
        string name,
        RuleInput input,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        if (!RuleReading.Read(input).Try(out var rule, out var wrong))
            return wrong;
        if (found.Source is null)
            return ImageFailures.RulesNeedSource();
        if (!(await requests.Check(rule, found.Source.Id, "", cancel)).Try(out _, out var noRequests))
            return noRequests;
        if (await db.Set<RuleRow>().CountAsync(row => row.ImageId == found.Image.Id, cancel) >= Limit)
            return ImageFailures.TooManyRules(Limit);
        var row = new RuleRow
        {
            ImageId = found.Image.Id,
            Pattern = "",
            CreatedAt = time.GetUtcNow(),
        };
        row.Write(rule, input.NewestWins);
        db.Add(row);
        await audit.Append(db, caller.Name, "rule.created", $"image/{found.Name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await requests.Begin(rule, found.Source.Id, cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring();
        return row.ToInfo();
    }
}
