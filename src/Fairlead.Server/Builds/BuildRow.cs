using Fairlead.Core.Builds;
using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fairlead.Server.Builds;

internal enum BuildReason
{
    Event,
    Person,
    Rebuild,
}

/// <summary>One run of one rule for one commit.</summary>
internal sealed class BuildRow
{
    /// <summary>The number people see.</summary>
    public long Id { get; set; }

    public long ImageId { get; set; }

    /// <summary>Null once the rule is deleted; what it said then is in <see cref="Plan"/>.</summary>
    public long? RuleId { get; set; }

    public long? EventId { get; set; }
    public BuildReason Reason { get; set; }
    public long? RequestedById { get; set; }

    /// <summary>Unique: one build per (rule, ref, commit, event), however often it is asked for by machines.</summary>
    public required string Key { get; set; }

    public required string Ref { get; set; }
    public required string Commit { get; set; }

    /// <summary>What the rule asked for when the build was made.</summary>
    public required BuildPlan Plan { get; set; }

    public BuildState State { get; set; }
    public BuildPhase Phase { get; set; }
    public DateTimeOffset QueuedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Milliseconds spent in each phase.</summary>
    public Dictionary<BuildPhase, long> Durations { get; set; } = [];

    public string? FailureCode { get; set; }
    public string? FailureSentence { get; set; }
    public string? FailureRemedy { get; set; }
    public string? Digest { get; set; }
    public long Size { get; set; }

    /// <summary>Digest of everything that decides the image; builds with the same key give the same image.</summary>
    public string? InputKey { get; set; }

    /// <summary>The build whose image was tagged again because the inputs were the same.</summary>
    public long? ReusedBuildId { get; set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>The server that started the runner, and on which slot of its machine.</summary>
    public string? ServerId { get; set; }

    public int? Slot { get; set; }
    public int? RunnerProcess { get; set; }

    /// <summary>Grows each time a runner is started for it; results of an older attempt are refused.</summary>
    public int Attempt { get; set; }

    public byte[]? JobTokenHash { get; set; }
    public DateTimeOffset? HeartbeatAt { get; set; }
    public long LogLength { get; set; }

    /// <summary>
    /// It builds what a stranger may have written: it gets no login but that to fetch and to push its own image, and
    /// shares no cache with others.
    /// </summary>
    public bool IsOfRequest => GitRef.TryParse(Ref, out var name) && name.Kind == RefKind.Request;

    internal sealed class Map : IEntityTypeConfiguration<BuildRow>
    {
        public void Configure(EntityTypeBuilder<BuildRow> row)
        {
            row.ToTable("builds");
            row.Ignore(build => build.IsOfRequest);
            row.HasIndex(build => build.Key).IsUnique();
            row.HasIndex(build => new { build.State, build.Id });
            row.HasIndex(build => new { build.ImageId, build.InputKey });
            row.HasIndex(build => build.JobTokenHash);
            row.HasOne<ImageRow>().WithMany().HasForeignKey(build => build.ImageId);
            row.HasOne<RuleRow>().WithMany().HasForeignKey(build => build.RuleId).OnDelete(DeleteBehavior.SetNull);
            row.HasOne<EventRow>().WithMany().HasForeignKey(build => build.EventId).OnDelete(DeleteBehavior.SetNull);
            row.Property(build => build.Plan).AsJson();
            row.Property(build => build.Durations).AsJson();
        }
    }
}
