using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

/// <summary>
/// What a sender sent, beside its delivery: writing down what became of a delivery would otherwise write all of it
/// again. Forgotten long before the delivery is.
/// </summary>
internal sealed class DeliveryBodyRow
{
    public long DeliveryId { get; set; }
    public required byte[] Bytes { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<DeliveryBodyRow>
    {
        public void Configure(EntityTypeBuilder<DeliveryBodyRow> row)
        {
            row.ToTable("delivery_bodies");
            row.HasKey(body => body.DeliveryId);
            row.Property(body => body.DeliveryId).ValueGeneratedNever();
            row.HasOne<DeliveryRow>().WithOne(delivery => delivery.Body).HasForeignKey<DeliveryBodyRow>();
        }
    }
}
