using System.Security.Cryptography;
using Fairlead.Contracts.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Audit;

/// <summary>Walks the whole chain and names the first entry that is not as it was written.</summary>
internal sealed class VerifyAudit(FairleadDb db)
{
    public async Task<AuditVerdict> Run(CancellationToken cancel)
    {
        var (before, count) = (AuditChain.Start, 0L);
        await foreach (
            var row in db.Set<AuditRow>()
                .AsNoTracking()
                .OrderBy(row => row.Id)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            if (row.Id != count + 1)
                return new AuditVerdict(count, count + 1, $"Entry {count + 1} is missing.", null);
            if (!CryptographicOperations.FixedTimeEquals(row.Hash, AuditChain.Hash(before, row)))
                return new AuditVerdict(count, row.Id, $"Entry {row.Id} is not as it was written.", null);
            (before, count) = (row.Hash, row.Id);
        }
        return new AuditVerdict(
            count,
            null,
            $"All {count} entries are as they were written.",
            Convert.ToHexStringLower(before)
        );
    }
}
