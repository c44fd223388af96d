using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Builds;

/// <summary>A piece of a build's log as the runner uploaded it: whole lines of JSON (see Contracts, LogLine).</summary>
internal sealed class BuildLogRow
{
    public long BuildId { get; set; }

    /// <summary>The byte offset of this piece in the whole log.</summary>
    public long Start { get; set; }

    public required byte[] Bytes { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BuildLogRow>
    {
        public void Configure(EntityTypeBuilder<BuildLogRow> row)
        {
            row.ToTable("build_logs");
            row.HasKey(piece => new { piece.BuildId, piece.Start });
            row.HasOne<BuildRow>().WithMany().HasForeignKey(piece => piece.BuildId);
        }
    }
}
