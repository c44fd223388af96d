using Fairlead.Server.Connections;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Images;

/// <summary>A group of image repositories: the first part of their name.</summary>
internal sealed class NamespaceRow
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public string Summary { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<NamespaceRow>
    {
        public void Configure(EntityTypeBuilder<NamespaceRow> row)
        {
            row.ToTable("namespaces");
            row.HasIndex(space => space.Name).IsUnique();
        }
    }
}

/// <summary>An image repository: <c>namespace/name</c> in a registry, bound to one source repository.</summary>
internal sealed class ImageRow
{
    public long Id { get; set; }
    public long NamespaceId { get; set; }
    public required string Name { get; set; }
    public string Summary { get; set; } = "";

    /// <summary>Anyone may pull, without a login.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Where the code comes from; null for an image that people only push to.</summary>
    public long? SourceId { get; set; }

    /// <summary>A registry connection to push to; null for the managed registry.</summary>
    public long? TargetConnectionId { get; set; }

    /// <summary>The repository's name at that registry; null for <c>namespace/name</c>.</summary>
    public string? TargetRepository { get; set; }

    public bool BuildOnPush { get; set; } = true;
    public bool NoCache { get; set; }

    /// <summary>The last number given out for the <c>{n}</c> placeholder.</summary>
    public long BuildCounter { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ImageRow>
    {
        public void Configure(EntityTypeBuilder<ImageRow> row)
        {
            row.ToTable("images");
            row.HasIndex(image => new { image.NamespaceId, image.Name }).IsUnique();
            row.HasOne<NamespaceRow>()
                .WithMany()
                .HasForeignKey(image => image.NamespaceId)
                .OnDelete(DeleteBehavior.Restrict);
            row.HasOne<SourceRow>().WithMany().HasForeignKey(image => image.SourceId).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<ConnectionRow>()
                .WithMany()
                .HasForeignKey(image => image.TargetConnectionId)
                .OnDelete(DeleteBehavior.Restrict);
        }
    }
}
