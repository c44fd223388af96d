using Fairlead.Server.Access;
using Fairlead.Server.Authorisations.Apps;
using Fairlead.Server.Data;
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

    /// <summary>What they were sent for; an answer counts for nothing else.</summary>
    public required string Purpose { get; set; }

    /// <summary>Of the host they were sent to.</summary>
    public required string Kind { get; set; }

    /// <summary>To which access is granted; null where none is.</summary>
    public long? ApplicationId { get; set; }

    /// <summary>The App that is to be installed; null where none is.</summary>
    public long? AppId { get; set; }

    /// <summary>Where the host is that makes an App.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    public long PersonId { get; set; }

    /// <summary>The browser session it began in; null when it began at the API.</summary>
    public long? SessionId { get; set; }

    /// <summary>The name and ID of the connection it makes.</summary>
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    /// <summary>The credential that gets the new tokens; null makes a connection.</summary>
    public long? CredentialId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>By device: the shortest time between two questions to the host.</summary>
    public int IntervalSeconds { get; set; }

    /// <summary>By device: not before this is the host asked again.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public const string ForGrant = "grant";
    public const string ForDevice = "device";
    public const string ForApp = "app";
    public const string ForInstallation = "installation";

    /// <summary>The vault's name for what was sealed with it.</summary>
    public string Owner => $"grant-request/{Id}";

    internal sealed class Map : IEntityTypeConfiguration<GrantRequestRow>
    {
        public void Configure(EntityTypeBuilder<GrantRequestRow> row)
        {
            row.ToTable("oauth_requests");
            row.HasIndex(request => request.Hash).IsUnique();
            row.Property(request => request.Settings).AsJson();
            row.HasOne<AppRow>().WithMany().HasForeignKey(request => request.AppId).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<ApplicationRow>()
                .WithMany()
                .HasForeignKey(request => request.ApplicationId)
                .OnDelete(DeleteBehavior.Cascade);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(request => request.PersonId);
        }
    }
}
