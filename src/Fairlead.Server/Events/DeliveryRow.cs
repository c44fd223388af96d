using Fairlead.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

internal enum HeardBy
{
    Hook,
    Poll,
    Person,
}

internal enum DeliveryState
{
    /// <summary>On disk, not looked at yet.</summary>
    Received,

    /// <summary>
    /// Read, and waits for the host to be asked; <see cref="DeliveryRow.Became"/> says why it could not yet.
    /// </summary>
    Waiting,

    /// <summary>Its events are in the ledger; <see cref="DeliveryRow.Became"/> says what became of them.</summary>
    Processed,

    /// <summary>Valid, and nothing to do.</summary>
    Ignored,

    /// <summary>Could not be read; <see cref="DeliveryRow.Became"/> says why.</summary>
    Failed,
}

/// <summary>One message about a source, however it came. A 2xx to a webhook means that this row is on disk.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; set; }
    public long SourceId { get; set; }
    public HeardBy HeardBy { get; set; }

    /// <summary>The sender's delivery id, or a digest of the body where there is none. Unique per source.</summary>
    public required string Key { get; set; }

    public DeliveryState State { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Null when it was not read along, or is forgotten (<see cref="PruneDeliveries"/>).</summary>
    public DeliveryBodyRow? Body { get; set; }

    /// <summary>What the host calls the event, where it says so beside the body; null where the body tells.</summary>
    public string? Event { get; set; }

    /// <summary>One sentence for people: "build 12", "no rule matches", "re-tagged, same tree".</summary>
    public string? Became { get; set; }

    /// <summary>How often the same delivery came again.</summary>
    public int Repeats { get; set; }

    /// <summary>It did not arrive when it was sent: how it came after all.</summary>
    public Recovery? Recovered { get; set; }

    /// <summary>What was sent; nothing where that is forgotten.</summary>
    public byte[] Sent() => Body?.Bytes ?? [];

    internal sealed class Map : IEntityTypeConfiguration<DeliveryRow>
    {
        public void Configure(EntityTypeBuilder<DeliveryRow> row)
        {
            row.ToTable("deliveries");
            row.HasIndex(delivery => new { delivery.SourceId, delivery.Key }).IsUnique();
            // What waits is found without reading what is done with, of which there is much more.
            row.HasIndex(delivery => new { delivery.State, delivery.SourceId });
            row.Property(delivery => delivery.Repeats).IsConcurrencyToken();
            row.HasOne<SourceRow>().WithMany().HasForeignKey(delivery => delivery.SourceId);
        }
    }
}
