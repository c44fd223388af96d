using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Hosts;

internal enum HookState
{
    /// <summary>The host has it, as it should be.</summary>
    Registered,

    /// <summary>The host did not let us: a person pastes it, or gives the credential what it lacks.</summary>
    ByHand,

    /// <summary>The host could not be asked; it is tried again by itself.</summary>
    Waiting,

    /// <summary>Nothing is bound to the repository any more, and the host has no hook of ours.</summary>
    Removed,
}

/// <summary>What became of a source's hook at its host. No row: not looked at yet.</summary>
internal sealed class HookRow
{
    public long SourceId { get; set; }

    /// <summary>The host's id of the repository; null while it could not be asked for.</summary>
    public string? RepositoryId { get; set; }

    /// <summary>The host's id of the hook; null while it has none.</summary>
    public string? HostId { get; set; }

    public HookState State { get; set; }

    /// <summary>The version of the secret that the host was given.</summary>
    public int SecretVersion { get; set; }

    /// <summary>One sentence: why it is not registered, or what was mended last.</summary>
    public string? Note { get; set; }

    public string? Remedy { get; set; }

    /// <summary>The revision of the connection with which the host refused us; another is tried at once.</summary>
    public int? RefusedRevision { get; set; }

    /// <summary>Times in a row that the host could not be asked.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>
    /// Up to when, by the host's clock, all that it says it sent has arrived here; null before its list was read.
    /// </summary>
    public DateTimeOffset? ListedTo { get; set; }

    /// <summary>When the host's list of deliveries is read next.</summary>
    public DateTimeOffset NextListAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<HookRow>
    {
        public void Configure(EntityTypeBuilder<HookRow> row)
        {
            row.ToTable("hooks");
            row.HasKey(hook => hook.SourceId);
            row.Property(hook => hook.SourceId).ValueGeneratedNever();
            row.HasIndex(hook => hook.NextAt);
            row.HasOne<SourceRow>().WithOne().HasForeignKey<HookRow>(hook => hook.SourceId);
        }
    }
}
