using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Events;

/// <summary>
/// One repository of one connection that something here is bound to, and how its changes are heard: a hook of its
/// own (secret in the vault under <c>source/ID</c>) and polling.
/// </summary>
internal sealed class SourceRow
{
    public long Id { get; set; }
    public long ConnectionId { get; set; }

    /// <summary>The repository's name at the code host; empty when the connection is one repository.</summary>
    public required string Repository { get; set; }

    /// <summary>The host's id of it, which outlives its name; null while the host did not tell.</summary>
    public string? RepositoryId { get; set; }

    /// <summary>128 random bits in the hook's address: <c>/hooks/{id}</c>.</summary>
    public required string HookId { get; set; }

    /// <summary>The version of the hook's secret; this and the one before are accepted.</summary>
    public int HookSecretVersion { get; set; }

    public DateTimeOffset HookSecretSince { get; set; }

    /// <summary>When the hook last brought something; null when it never did.</summary>
    public DateTimeOffset? HookHeardAt { get; set; }

    public bool Polling { get; set; } = true;

    /// <summary>The host cannot reach this server: it gets no hook, and is looked at within half a minute.</summary>
    public bool OutboundOnly { get; set; }

    /// <summary>When a change was last found, by looking or in its host's list, that nobody had told of.</summary>
    public DateTimeOffset? MissedAt { get; set; }

    /// <summary>Looks that the host answered, and those of them that found nothing new.</summary>
    public long Looks { get; set; }

    public long LooksUnchanged { get; set; }

    /// <summary>When its host first told of its open requests; null before it did, or where nobody asks.</summary>
    public DateTimeOffset? RequestsListedAt { get; set; }

    /// <summary>Why its host did not tell of them; one sentence.</summary>
    public string? RequestsFailure { get; set; }

    public DateTimeOffset NextPollAt { get; set; }
    public DateTimeOffset? PolledAt { get; set; }

    /// <summary>Polls that failed in a row: the back-off grows with it.</summary>
    public int PollFailures { get; set; }

    public string? PollFailure { get; set; }

    /// <summary>
    /// The revision of the connection whose credential the host refused: no look is tried until it has another.
    /// </summary>
    public int? RefusedRevision { get; set; }

    /// <summary>Grows with each turn of the ledger, so that two servers never decide from the same knowledge.</summary>
    public long Turn { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// Word of what was missed may still come, for as long as hosts keep what they sent. Until then the host is asked
    /// whether a branch that is said to be new is there.
    /// </summary>
    public bool MayHearLate(DateTimeOffset now) => MissedAt > now - LongestLate;

    private static readonly TimeSpan LongestLate = TimeSpan.FromDays(7);

    /// <summary>The state of the source's connection: it grows with each change of settings or credential.</summary>
    public Task<int> Revision(FairleadDb db, CancellationToken cancel) =>
        db.Set<ConnectionRow>().Where(row => row.Id == ConnectionId).Select(row => row.Revision).SingleAsync(cancel);

    internal sealed class Map : IEntityTypeConfiguration<SourceRow>
    {
        public void Configure(EntityTypeBuilder<SourceRow> row)
        {
            row.ToTable("sources");
            row.HasIndex(source => source.HookId).IsUnique();
            row.HasIndex(source => new { source.ConnectionId, source.Repository }).IsUnique();
            row.HasIndex(source => source.NextPollAt);
            row.Property(source => source.Turn).IsConcurrencyToken();
            row.HasOne<ConnectionRow>()
                .WithMany()
                .HasForeignKey(source => source.ConnectionId)
                .OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>
/// The commit each ref of a source had when it was last heard of; absent refs were deleted or never seen.
/// </summary>
internal sealed class RefHeadRow
{
    public long SourceId { get; set; }

    /// <summary>The full name: <c>refs/heads/main</c>.</summary>
    public required string Ref { get; set; }

    public required string Commit { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<RefHeadRow>
    {
        public void Configure(EntityTypeBuilder<RefHeadRow> row)
        {
            row.ToTable("ref_heads");
            row.HasKey(head => new { head.SourceId, head.Ref });
            row.HasOne<SourceRow>().WithMany().HasForeignKey(head => head.SourceId);
        }
    }
}
