using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Audit;

/// <summary>One link of the audit chain: who did what to what. Each row's hash covers the hash before it.</summary>
internal sealed class AuditRow
{
    /// <summary>Gap-free: 1, 2, 3, ...</summary>
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>A person's name, <c>job/12</c> or <c>server</c>.</summary>
    public required string Who { get; set; }

    /// <summary><c>connection.created</c>, <c>lease.issued</c>, ...</summary>
    public required string What { get; set; }

    /// <summary>What it was done to: <c>connection/acme-git</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>One sentence more, never a secret.</summary>
    public string Detail { get; set; } = "";

    public string? Address { get; set; }
    public required byte[] Hash { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> row)
        {
            row.ToTable("audit");
            row.Property(entry => entry.Id).ValueGeneratedNever();
        }
    }
}
