using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Runner.Sources;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>An image in the registry, whether built now or tagged again.</summary>
internal sealed record MadeImage(string Digest, long Size, IReadOnlyList<string> Platforms);

/// <summary>The words in which a job's end is told to the server.</summary>
internal static class JobEnd
{
    public static JobResult Succeeded(JobSpec spec, Phases phases, MadeImage image) =>
        new(
            spec.Attempt,
            "succeeded",
            phases.Current,
            image.Digest,
            image.Size,
            image.Platforms,
            null,
            phases.Durations()
        );

    public static JobResult Failed(JobSpec spec, Phases phases, Failure failure) =>
        Without(spec, phases, SkipFailures.IsSkip(failure) ? "skipped" : "failed", failure);

    public static JobResult Stopped(JobSpec spec, Phases phases, StopReason reason) =>
        Without(spec, phases, reason == StopReason.TimedOut ? "timed-out" : "cancelled", null);

    private static JobResult Without(JobSpec spec, Phases phases, string state, Failure? failure) =>
        new(spec.Attempt, state, phases.Current, null, 0, [], failure?.ToProblem(), phases.Durations());
}
