using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>An App that a host made for us. Its key is in the vault, once for all connections by it.</summary>
internal sealed class AppRow
{
    public long Id { get; set; }
    public required string Kind { get; set; }

    /// <summary>The host as people name it.</summary>
    public required string Site { get; set; }

    /// <summary>What connections by it are made with: address, certificate authorities.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    public required string Name { get; set; }

    /// <summary>The account that it belongs to.</summary>
    public required string Account { get; set; }

    /// <summary>Its public page at the host.</summary>
    public required string Page { get; set; }

    /// <summary>What may be seen of its credential: its client ID.</summary>
    public Dictionary<string, string> Shown { get; set; } = [];

    /// <summary>Of its secrets; it grows with each new key.</summary>
    public int Version { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The vault's name for its secrets.</summary>
    public string Owner => $"app/{Id}";

    internal sealed class Map : IEntityTypeConfiguration<AppRow>
    {
        public void Configure(EntityTypeBuilder<AppRow> row)
        {
            row.ToTable("host_apps");
            row.Property(app => app.Version).IsConcurrencyToken();
            row.Property(app => app.Settings).AsJson();
            row.Property(app => app.Shown).AsJson();
        }
    }
}
