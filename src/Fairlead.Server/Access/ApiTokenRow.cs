using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Access;

/// <summary>A person's key for the API, the CLI and the registry. Only its SHA-256 is kept.</summary>
internal sealed class ApiTokenRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public required string Name { get; set; }
    public required byte[] Hash { get; set; }

    /// <summary>The last four characters, so a person can tell tokens apart.</summary>
    public required string Hint { get; set; }

    public List<string> Scopes { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ApiTokenRow>
    {
        public void Configure(EntityTypeBuilder<ApiTokenRow> row)
        {
            row.ToTable("api_tokens");
            row.HasIndex(token => token.Hash).IsUnique();
            row.HasOne<PersonRow>().WithMany().HasForeignKey(token => token.PersonId);
            row.Property(token => token.Scopes).AsJson();
        }
    }
}
