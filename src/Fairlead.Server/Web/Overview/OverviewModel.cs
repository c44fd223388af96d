using Fairlead.Core.Builds;
using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Web.Overview;

/// <summary>What the first page shows: is it well, what is happening, what was built.</summary>
public sealed record OverviewModel(
    IReadOnlyList<Concern> Concerns,
    IReadOnlyList<BuildLine> Running,
    int Waiting,
    Week Week,
    IReadOnlyList<BuildLine> Recent,
    int Connections,
    int Images
);

/// <summary>Something that will not mend itself.</summary>
/// <param name="Subject">What it is about; links to <paramref name="Href"/>.</param>
public sealed record Concern(Tone Tone, string Subject, string Href, string Sentence, DateTimeOffset? Since);

/// <summary>A build as lists show it.</summary>
public sealed record BuildLine(
    long Id,
    string Image,
    string Ref,
    string Commit,
    BuildState State,
    BuildPhase Phase,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? FailureSentence,
    long? ReusedBuildId
)
{
    /// <summary>How long it ran, or runs; null while it waits.</summary>
    public TimeSpan? Took(DateTimeOffset now) => StartedAt is { } start ? (FinishedAt ?? now) - start : null;

    /// <summary>How long builds of this image usually take; null when there is nothing to go by.</summary>
    public TimeSpan? Usually { get; init; }
}

/// <summary>Seven days in half days, oldest first.</summary>
public sealed record Week(IReadOnlyList<(int Good, int Bad)> Bars, int Retagged, TimeSpan? Median)
{
    public int Good => Bars.Sum(bar => bar.Good);
    public int Total => Bars.Sum(bar => bar.Good + bar.Bad);
}
