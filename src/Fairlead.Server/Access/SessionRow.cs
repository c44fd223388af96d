using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Access;

/// <summary>A signed-in browser. The cookie holds a random value of which only the SHA-256 is kept.</summary>
internal sealed class SessionRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The absolute end, whatever the activity.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public string? UserAgent { get; set; }
    public string? Address { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SessionRow>
    {
        public void Configure(EntityTypeBuilder<SessionRow> row)
        {
            row.ToTable("sessions");
            row.HasIndex(session => session.Hash).IsUnique();
            row.HasOne<PersonRow>().WithMany().HasForeignKey(session => session.PersonId);
        }
    }
}
