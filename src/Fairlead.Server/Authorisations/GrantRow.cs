using Fairlead.Server.Credentials;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// How a granted credential is kept fresh. It belongs to one version of the credential: values typed over it make a new
/// version, and the grant is then none of its business.
/// </summary>
internal sealed class GrantRow
{
    public long CredentialId { get; set; }
    public long ApplicationId { get; set; }

    /// <summary>Of the credential.</summary>
    public int Version { get; set; }

    /// <summary>When the access token ends; null when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>From when on it is renewed before it is handed out; null when it never is.</summary>
    public DateTimeOffset? RenewAt { get; set; }

    /// <summary>Until when the server that renews it now may be waited for; null while nobody does.</summary>
    public DateTimeOffset? RenewingUntil { get; set; }

    /// <summary>The host said that the grant is over. The tokens stay: a person decides.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<GrantRow>
    {
        public void Configure(EntityTypeBuilder<GrantRow> row)
        {
            row.ToTable("oauth_grants");
            row.HasKey(grant => grant.CredentialId);
            row.Property(grant => grant.CredentialId).ValueGeneratedNever();
            row.HasOne<CredentialRow>().WithOne().HasForeignKey<GrantRow>(grant => grant.CredentialId);
            row.HasOne<ApplicationRow>()
                .WithMany()
                .HasForeignKey(grant => grant.ApplicationId)
                .OnDelete(DeleteBehavior.Restrict);
        }
    }
}
