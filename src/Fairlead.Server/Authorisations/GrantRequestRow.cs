using Fairlead.Server.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// A person was sent to a host and is expected back: once, soon, and in the same session. The PKCE verifier is in the
/// vault until then.
/// </summary>
internal sealed class GrantRequestRow
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the state that travels with the person.</summary>
    public required byte[] Hash { get; set; }

    public long ApplicationId { get; set; }
    public long PersonId { get; set; }

    /// <summary>The browser session it began in; null when it began at the API.</summary>
    public long? SessionId { get; set; }

    /// <summary>The name and ID of the connection it makes.</summary>
    public required string Name { get; set; }

    public required string Slug { get; set; }

    /// <summary>The credential that gets the new tokens; null makes a connection.</summary>
    public long? CredentialId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The vault's name for the verifier.</summary>
    public string Owner => $"grant-request/{Id}";

    internal sealed class Map : IEntityTypeConfiguration<GrantRequestRow>
    {
        public void Configure(EntityTypeBuilder<GrantRequestRow> row)
        {
            row.ToTable("oauth_requests");
            row.HasIndex(request => request.Hash).IsUnique();
            row.HasOne<ApplicationRow>().WithMany().HasForeignKey(request => request.ApplicationId);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(request => request.PersonId);
        }
    }
}
