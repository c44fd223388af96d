using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Access;

internal sealed class GroupRow
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<GroupRow>
    {
        public void Configure(EntityTypeBuilder<GroupRow> row)
        {
            row.ToTable("groups");
            row.HasIndex(group => group.Name).IsUnique();
        }
    }
}

/// <summary>A person's membership in a group.</summary>
internal sealed class GroupMemberRow
{
    public long GroupId { get; set; }
    public long PersonId { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<GroupMemberRow>
    {
        public void Configure(EntityTypeBuilder<GroupMemberRow> row)
        {
            row.ToTable("group_members");
            row.HasKey(member => new { member.GroupId, member.PersonId });
            row.HasOne<GroupRow>().WithMany().HasForeignKey(member => member.GroupId);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(member => member.PersonId);
        }
    }
}
