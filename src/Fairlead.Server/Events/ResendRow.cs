using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

/// <summary>A delivery that a host was asked to send again: its list had it, and the disk here had not.</summary>
internal sealed class ResendRow
{
    public long SourceId { get; set; }

    /// <summary>As the delivery has it once it is here.</summary>
    public required string Key { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ResendRow>
    {
        public void Configure(EntityTypeBuilder<ResendRow> row)
        {
            row.ToTable("resends");
            row.HasKey(resend => new { resend.SourceId, resend.Key });
            row.HasOne<SourceRow>().WithMany().HasForeignKey(resend => resend.SourceId);
        }
    }
}
