using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Vault;

/// <summary>
/// One sealed value. The data key encrypts exactly this value and is itself wrapped by a key-encryption key; both
/// ciphertexts are bound to owner, field and version, so rows cannot be swapped or rolled back unnoticed.
/// </summary>
internal sealed class SealedRow
{
    public long Id { get; set; }

    /// <summary>Whose value: <c>credential/12</c>, <c>source/7</c>, <c>registry/signing</c>.</summary>
    public required string Owner { get; set; }

    public required string Field { get; set; }
    public int Version { get; set; }
    public required string KeyId { get; set; }
    public required byte[] WrapNonce { get; set; }
    public required byte[] WrappedKey { get; set; }
    public required byte[] Nonce { get; set; }
    public required byte[] Ciphertext { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SealedRow>
    {
        public void Configure(EntityTypeBuilder<SealedRow> row)
        {
            row.ToTable("sealed");
            row.HasIndex(value => new
                {
                    value.Owner,
                    value.Field,
                    value.Version,
                })
                .IsUnique();
            row.HasIndex(value => value.KeyId);
        }
    }
}
