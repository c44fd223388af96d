using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class CreateNamespace(FairleadDb db, AuditLog audit, TimeProvider time)
{
    public async Task<Outcome<NamespaceInfo>> Run(NamespaceInput input, Caller caller, CancellationToken cancel)
    {
        var wrong = new List<Failure>();
        if (!OciName.IsComponent(input.Name))
            wrong.Add(RuleFailures.Name("a namespace", input.Name, "name"));
        if (input.Summary.Length > 500)
            wrong.Add(ImageFailures.SummaryTooLong());
        if (wrong.Count > 0)
            return Failure.Of(wrong);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Set<NamespaceRow>().AnyAsync(space => space.Name == input.Name, cancel))
            return ImageFailures.NamespaceTaken(input.Name);
        var row = new NamespaceRow
        {
            Name = input.Name,
            Summary = input.Summary,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(row);
        try
        {
            await audit.Append(
                db,
                caller.Name,
                "namespace.created",
                $"namespace/{row.Name}",
                "",
                caller.Address,
                cancel
            );
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException refused) when (refused.IsUniqueViolation())
        {
            return ImageFailures.NamespaceTaken(input.Name);
        }
        return new NamespaceInfo(row.Name, row.Summary, 0, row.CreatedAt);
    }
}
