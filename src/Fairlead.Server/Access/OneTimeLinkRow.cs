using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Access;

/// <summary>A link that works once: first set-up (no person yet), or signing in as a person.</summary>
internal sealed class OneTimeLinkRow
{
    public long Id { get; set; }
    public required byte[] Hash { get; set; }

    /// <summary>Null: the link creates the first administrator.</summary>
    public long? PersonId { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<OneTimeLinkRow>
    {
        public void Configure(EntityTypeBuilder<OneTimeLinkRow> row)
        {
            row.ToTable("one_time_links");
            row.HasIndex(link => link.Hash).IsUnique();
        }
    }
}
