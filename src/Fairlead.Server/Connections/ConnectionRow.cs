using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Connections;

/// <summary>A service connection: a bound outside system.</summary>
internal sealed class ConnectionRow
{
    public long Id { get; set; }

    /// <summary>The ID people type: unique.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }
    public required string Kind { get; set; }
    public Dictionary<string, string> Settings { get; set; } = [];
    public long? CredentialId { get; set; }
    public ScopeOfUse Scope { get; set; }
    public long OwnerId { get; set; }

    /// <summary>The last verdict; <see cref="VerdictKind"/> repeats its kind so lists can filter on it.</summary>
    public Verdict Verdict { get; set; } = Verdict.Unverified;

    public VerdictKind VerdictKind { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset NextVerifyAt { get; set; }

    /// <summary>Verifications in a row that could not reach the other side: the back-off grows with it.</summary>
    public int Failures { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// Grows with every change of settings or credential, so a late verdict on an old state is dropped.
    /// </summary>
    public int Revision { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ConnectionRow>
    {
        public void Configure(EntityTypeBuilder<ConnectionRow> row)
        {
            row.ToTable("connections");
            row.HasIndex(connection => connection.Slug).IsUnique();
            row.HasIndex(connection => connection.NextVerifyAt);
            row.HasOne<CredentialRow>()
                .WithMany()
                .HasForeignKey(connection => connection.CredentialId)
                .OnDelete(DeleteBehavior.Restrict);
            row.HasOne<PersonRow>()
                .WithMany()
                .HasForeignKey(connection => connection.OwnerId)
                .OnDelete(DeleteBehavior.Restrict);
            row.Property(connection => connection.Settings).AsJson();
            row.Property(connection => connection.Verdict).AsJson();
            row.Property(connection => connection.Revision).IsConcurrencyToken();
        }
    }
}

/// <summary>A person or a group that a custom scope of use names; exactly one of the two is set.</summary>
internal sealed class ConnectionGrantRow
{
    public long Id { get; set; }
    public long ConnectionId { get; set; }
    public long? PersonId { get; set; }
    public long? GroupId { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ConnectionGrantRow>
    {
        public void Configure(EntityTypeBuilder<ConnectionGrantRow> row)
        {
            row.ToTable("connection_grants");
            row.HasOne<ConnectionRow>().WithMany().HasForeignKey(grant => grant.ConnectionId);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(grant => grant.PersonId);
            row.HasOne<GroupRow>().WithMany().HasForeignKey(grant => grant.GroupId);
        }
    }
}
