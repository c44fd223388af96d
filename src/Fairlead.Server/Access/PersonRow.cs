using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Access;

/// <summary>Someone who can sign in.</summary>
internal sealed class PersonRow
{
    public long Id { get; set; }

    /// <summary>What they type to sign in and to <c>docker login</c>: a slug, unique.</summary>
    public required string Name { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>Identity's hash format; null until a password is set.</summary>
    public string? PasswordHash { get; set; }

    public Role Role { get; set; }
    public bool Disabled { get; set; }
    public int FailedSignIns { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<PersonRow>
    {
        public void Configure(EntityTypeBuilder<PersonRow> row)
        {
            row.ToTable("people");
            row.HasIndex(person => person.Name).IsUnique();
        }
    }
}
