using Fairlead.Server.Audit;
using Fairlead.Server.Data;

namespace Fairlead.Tests.Support.Console;

/// <summary>A page of the audit log, long enough to turn.</summary>
internal sealed class AuditSeed(FairleadDb db, DateTimeOffset now)
{
    public void Add()
    {
        var first = db.Set<AuditRow>().Max(row => (long?)row.Id) ?? 0;
        for (var i = 1; i <= 60; i++)
            db.Add(
                new AuditRow
                {
                    Id = first + i,
                    At = now.AddMinutes(i - 61),
                    Who = i % 3 == 0 ? "job/41" : "ada",
                    What = i % 3 == 0 ? "lease.issued" : "connection.verified",
                    Subject = i % 3 == 0 ? "image/shop/checkout" : "connection/acme-git",
                    Detail = i % 3 == 0 ? "push, 15 minutes" : "",
                    Address = i % 3 == 0 ? null : "10.1.4.22",
                    Hash = new byte[32],
                }
            );
    }
}
