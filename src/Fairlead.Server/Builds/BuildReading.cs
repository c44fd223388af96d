using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Core.Builds;
using Fairlead.Server.Images;

namespace Fairlead.Server.Builds;

/// <summary>From rows to what people see of a build.</summary>
internal sealed class BuildReading(ImageAddress address)
{
    public BuildInfo ToInfo(BuildRow build, FoundImage image, string? requestedBy = null, string? waiting = null)
    {
        var prefix = address.Of(image);
        return new BuildInfo
        {
            Id = build.Id,
            Image = image.Name,
            RuleId = build.RuleId,
            Ref = build.Ref,
            Commit = build.Commit,
            State = build.State.Word(),
            Phase = build.Phase.Word(),
            Reason = build.Reason.Word(),
            RequestedBy = requestedBy,
            QueuedAt = build.QueuedAt,
            StartedAt = build.StartedAt,
            FinishedAt = build.FinishedAt,
            DurationsMs = build.Durations.ToDictionary(one => one.Key.Word(), one => one.Value),
            Failure = Failure(build),
            Digest = build.Digest,
            Size = build.Size,
            Versions = build.Plan.Versions,
            References = build.Plan.Versions.Select(version => $"{prefix}:{version}").ToList(),
            ReusedBuild = build.ReusedBuildId,
            Waiting = build.State == BuildState.Queued ? waiting : null,
            CancelRequested = build.CancelRequestedAt is not null,
            Attempt = build.Attempt,
            LogLength = build.LogLength,
        };
    }

    private static Problem? Failure(BuildRow build) =>
        build.FailureCode is null
            ? null
            : new Problem(build.FailureCode, build.FailureSentence ?? "", 409) { Remedy = build.FailureRemedy };
}
