using Fairlead.Server.Builds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Leases;

/// <summary>
/// A short-lived, narrowed credential given to one job for one purpose. The value itself is never kept.
/// </summary>
internal sealed class LeaseRow
{
    public long Id { get; set; }

    /// <summary><c>clone</c>, <c>pull</c> or <c>push</c>.</summary>
    public required string Purpose { get; set; }

    /// <summary>The repository or image it opens.</summary>
    public required string Resource { get; set; }

    public long? ConnectionId { get; set; }
    public long BuildId { get; set; }

    /// <summary>SHA-256 of the password, for leases that our own registry's token service accepts; else null.</summary>
    public byte[]? Hash { get; set; }

    /// <summary>It is the stored secret itself: the host cannot mint a narrower one.</summary>
    public bool Static { get; set; }

    public DateTimeOffset IssuedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When the host is asked next to take the credential back; null when there is nothing to take back any
    /// more, or not yet. What it takes is in the vault until then.</summary>
    public DateTimeOffset? RevokeAt { get; set; }

    /// <summary>It can be taken back at its host.</summary>
    public bool Revocable { get; set; }

    public int RevokeFailures { get; set; }

    /// <summary>The vault's name for what takes it back.</summary>
    public string Owner => $"lease/{Id}";

    internal sealed class Map : IEntityTypeConfiguration<LeaseRow>
    {
        public void Configure(EntityTypeBuilder<LeaseRow> row)
        {
            row.ToTable("leases");
            row.HasIndex(lease => lease.Hash);
            row.HasIndex(lease => lease.RevokeAt);
            row.HasOne<BuildRow>().WithMany().HasForeignKey(lease => lease.BuildId);
        }
    }
}
