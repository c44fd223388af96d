using Fairlead.Contracts;
using Fairlead.Contracts.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Audit;

/// <summary>The newest entries first, found by a part of who, what or subject.</summary>
internal sealed class ListAudit(FairleadDb db)
{
    public Task<Page<AuditEntry>> Run(string? q, int page, int size, CancellationToken cancel)
    {
        var rows = db.Set<AuditRow>().AsNoTracking();
        if (q.Part() is { } part)
            rows = rows.Where(row => row.Who.Contains(part) || row.What.Contains(part) || row.Subject.Contains(part));
        return rows.OrderByDescending(row => row.Id)
            .Select(row => new AuditEntry(row.Id, row.At, row.Who, row.What, row.Subject, row.Detail, row.Address))
            .ToPage(page, size, cancel);
    }
}
