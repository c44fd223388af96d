using System.Net;
using Fairlead.Core.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Connections;

/// <summary>An administrator's rule about where typed addresses may lead.</summary>
internal sealed class ReachRuleRow
{
    public long Id { get; set; }
    public required string Host { get; set; }

    /// <summary>CIDR: <c>10.0.0.0/8</c>.</summary>
    public required string Network { get; set; }

    public int Port { get; set; }
    public bool PlainHttp { get; set; }
    public string Note { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>All of them, as the guarded client asks for them.</summary>
    public static async Task<IReadOnlyList<ReachRule>> Read(FairleadDb db, CancellationToken cancel)
    {
        var rows = await db.Set<ReachRuleRow>().AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => new ReachRule(row.Host, IPNetwork.Parse(row.Network), row.Port, row.PlainHttp))];
    }

    internal sealed class Map : IEntityTypeConfiguration<ReachRuleRow>
    {
        public void Configure(EntityTypeBuilder<ReachRuleRow> row) => row.ToTable("reach_rules");
    }
}
