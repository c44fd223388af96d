using Fairlead.Contracts.Builds;
using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Web;

/// <summary>How the console says what a build is doing.</summary>
internal static class BuildWording
{
    public static readonly IReadOnlyList<(string Value, string Label)> States =
    [
        ("active", "under way"),
        ("succeeded", "succeeded"),
        ("failed", "failed"),
        ("timed-out", "timed out"),
        ("cancelled", "cancelled"),
        ("skipped", "skipped"),
    ];

    /// <summary>The phases of a build in order, as they are spelled outside.</summary>
    public static readonly IReadOnlyList<(string Name, string Done, string Doing)> Phases =
    [
        ("queue", "waited", "waits"),
        ("source", "source", "fetching"),
        ("build", "build", "building"),
        ("push", "push", "pushing"),
    ];

    public static bool IsUnderWay(BuildInfo build) => build.FinishedAt is null;

    public static (Tone Tone, string Word) State(BuildInfo build) =>
        build.State switch
        {
            "queued" => (Tone.Idle, "waits"),
            "running" when build.CancelRequested => (Tone.Warn, "stopping"),
            "running" => (Tone.Busy, Phases.FirstOrDefault(phase => phase.Name == build.Phase).Doing ?? "starting"),
            "succeeded" when build.ReusedBuild is not null => (Tone.Good, "re-tagged"),
            "succeeded" => (Tone.Good, "succeeded"),
            "failed" => (Tone.Bad, "failed"),
            "timed-out" => (Tone.Bad, "timed out"),
            var word => (Tone.Idle, word),
        };

    /// <summary>How long it ran, or runs; null while it waits.</summary>
    public static TimeSpan? Took(BuildInfo build, DateTimeOffset now) =>
        build.StartedAt is { } start ? (build.FinishedAt ?? now) - start : null;

    /// <summary>Why it exists: "push to main", "built by ada", "rebuild by ada".</summary>
    public static string Cause(BuildInfo build) =>
        (build.Reason, build.RequestedBy) switch
        {
            ("event", _) => Words.IsTag(build.Ref) ? "tag" : "push to",
            (var reason, null) => reason == "rebuild" ? "rebuild of" : "built by hand from",
            ("rebuild", var who) => $"rebuild by {who} of",
            (_, var who) => $"built by {who} from",
        };
}
