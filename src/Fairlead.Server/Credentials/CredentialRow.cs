using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Authorisations.Apps;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Credentials;

/// <summary>What authorises connections. Its values are in the vault, one sealed value per field and version.</summary>
internal sealed class CredentialRow
{
    public long Id { get; set; }

    /// <summary>What people type: unique.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>The provider kind whose credential fields it has.</summary>
    public required string Kind { get; set; }

    public long OwnerId { get; set; }

    /// <summary>The version connections use; it only grows.</summary>
    public int Version { get; set; }

    /// <summary>Names of the fields the current version holds.</summary>
    public List<string> Fields { get; set; } = [];

    /// <summary>What may be seen of it: a user name, a public key.</summary>
    public Dictionary<string, string> Shown { get; set; } = [];

    /// <summary>The App whose key its secrets are; null when it has its own.</summary>
    public long? AppId { get; set; }

    /// <summary>A person granted it on the host's page.</summary>
    public bool IsGranted => Shown.GetValueOrDefault(Target.Way) == Target.Granted;

    /// <summary>Made together with one connection, and deleted with it unless others use it by then.</summary>
    public bool Inline { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ReplacedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CredentialRow>
    {
        public void Configure(EntityTypeBuilder<CredentialRow> row)
        {
            row.ToTable("credentials");
            row.HasIndex(credential => credential.Slug).IsUnique();
            row.HasOne<PersonRow>().WithMany().HasForeignKey(credential => credential.OwnerId);
            row.HasOne<AppRow>().WithMany().HasForeignKey(one => one.AppId).OnDelete(DeleteBehavior.Restrict);
            row.Property(credential => credential.Version).IsConcurrencyToken();
            row.Property(credential => credential.Fields).AsJson();
            row.Property(credential => credential.Shown).AsJson();
        }
    }
}
