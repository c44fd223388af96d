using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Hosts;

/// <summary>What the host was told of a build. A note beside the build: no build waits for it.</summary>
internal sealed class StatusRow
{
    public long BuildId { get; set; }

    /// <summary>The state the host was told last; null while it was told none.</summary>
    public BuildState? Told { get; set; }

    public int Failures { get; set; }

    /// <summary>Why the host was not told; null once it was.</summary>
    public string? Failure { get; set; }

    public DateTimeOffset NextAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<StatusRow>
    {
        public void Configure(EntityTypeBuilder<StatusRow> row)
        {
            row.ToTable("commit_statuses");
            row.HasKey(status => status.BuildId);
            row.Property(status => status.BuildId).ValueGeneratedNever();
            row.HasOne<BuildRow>().WithOne().HasForeignKey<StatusRow>(status => status.BuildId);
        }
    }
}
