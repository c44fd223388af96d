using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Authorisations;

/// <summary>This instance, as an administrator registered it at a host. Its secret is in the vault.</summary>
internal sealed class ApplicationRow
{
    public long Id { get; set; }
    public required string Kind { get; set; }

    /// <summary>The host as people name it; one application each.</summary>
    public required string Site { get; set; }

    /// <summary>What connections made by it are made with: address, certificate authorities.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    public required string ClientId { get; set; }

    /// <summary>As it was registered: every server says the same, also when a token is renewed.</summary>
    public required string Callback { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The vault's name for its secret.</summary>
    public string Owner => $"application/{Id}";

    internal sealed class Map : IEntityTypeConfiguration<ApplicationRow>
    {
        public void Configure(EntityTypeBuilder<ApplicationRow> row)
        {
            row.ToTable("oauth_applications");
            row.HasIndex(application => new { application.Kind, application.Site }).IsUnique();
            row.Property(application => application.Settings).AsJson();
        }
    }
}
