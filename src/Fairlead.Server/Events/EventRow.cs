using Fairlead.Core.Events;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

/// <summary>
/// One change of one ref. However often and by whatever way it is heard of, it has one key and acts once.
/// </summary>
internal sealed class EventRow
{
    public long Id { get; set; }
    public long SourceId { get; set; }

    /// <summary>The full name: <c>refs/tags/v1</c>.</summary>
    public required string Ref { get; set; }

    /// <summary>Null for a ref that is new, or when the teller did not say.</summary>
    public string? Before { get; set; }

    /// <summary>Null when the ref was deleted.</summary>
    public string? After { get; set; }

    /// <summary>Unique per source: derived from ref, the commit before and the commit after.</summary>
    public required string Key { get; set; }

    public HeardBy HeardBy { get; set; }
    public long? DeliveryId { get; set; }
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>Nobody told of it when it happened: how it came to be known.</summary>
    public Recovery? Recovered { get; set; }

    /// <summary>One sentence for people: "build 12", "no rule matches".</summary>
    public string Became { get; set; } = "";

    /// <summary>How many events of the same source tell of the same change.</summary>
    public Task<int> CountEarlier(FairleadDb db, CancellationToken cancel) =>
        db.Set<EventRow>()
            .CountAsync(
                other =>
                    other.SourceId == SourceId && other.Ref == Ref && other.Before == Before && other.After == After,
                cancel
            );

    /// <summary>The key of this change, the n-th time it happens.</summary>
    public string KeyAfter(int earlier) => Move.Key(Ref, Before, After, earlier);

    public bool IsSameChange(EventRow other) =>
        (other.SourceId, other.Ref, other.Before, other.After) == (SourceId, Ref, Before, After);

    internal sealed class Map : IEntityTypeConfiguration<EventRow>
    {
        public void Configure(EntityTypeBuilder<EventRow> row)
        {
            row.ToTable("events");
            row.HasIndex(change => new { change.SourceId, change.Key }).IsUnique();
            // Whether the same change was told before is asked for every one.
            row.HasIndex(change => new { change.SourceId, change.Ref });
            row.HasOne<SourceRow>().WithMany().HasForeignKey(change => change.SourceId);
            row.HasOne<DeliveryRow>()
                .WithMany()
                .HasForeignKey(change => change.DeliveryId)
                .OnDelete(DeleteBehavior.SetNull);
        }
    }
}
