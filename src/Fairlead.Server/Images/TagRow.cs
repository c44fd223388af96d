using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Images;

/// <summary>A tag as the registry told of it (notification, build result or listing).</summary>
internal sealed class TagRow
{
    public long Id { get; set; }
    public long ImageId { get; set; }
    public required string Name { get; set; }
    public required string Digest { get; set; }

    /// <summary>Bytes of configuration and layers.</summary>
    public long Size { get; set; }

    public List<string> Platforms { get; set; } = [];

    /// <summary>The build that made the digest; null when a person pushed it.</summary>
    public long? BuildId { get; set; }

    public string? PushedBy { get; set; }
    public DateTimeOffset PushedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TagRow>
    {
        public void Configure(EntityTypeBuilder<TagRow> row)
        {
            row.ToTable("tags");
            row.HasIndex(tag => new { tag.ImageId, tag.Name }).IsUnique();
            row.HasOne<ImageRow>().WithMany().HasForeignKey(tag => tag.ImageId);
            row.HasOne<BuildRow>().WithMany().HasForeignKey(tag => tag.BuildId).OnDelete(DeleteBehavior.SetNull);
            row.Property(tag => tag.Platforms).AsJson();
        }
    }
}
