using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>What a build fetches from and pushes to, found out before its runner is started.</summary>
/// <param name="Registries">What its engine has to know of registries.</param>
/// <param name="Trigger">What may end it once its commit is here.</param>
internal sealed record JobEnds(
    JobSource Source,
    ImageTarget Target,
    IReadOnlyList<RegistryReach> Registries,
    JobTrigger? Trigger
);

/// <summary>Writes down all a runner needs for one build, without secrets.</summary>
internal sealed class DescribeJob(
    FairleadDb db,
    ConnectionOpener connections,
    ImageTargets targets,
    KnownRegistries registries,
    DescribeTrigger triggers,
    Outside outside,
    EngineOptions engines
)
{
    /// <summary>A failure here fails the build: it says what a person has to mend.</summary>
    public async Task<Outcome<JobEnds>> Ends(BuildRow build, CancellationToken cancel)
    {
        if (build.IsOfRequest && (engines.DockerHost is not null || engines.Buildx is not null))
            return ExecutionFailures.SharedCache;
        var image = await db.Set<ImageRow>().AsNoTracking().FirstAsync(row => row.Id == build.ImageId, cancel);
        if (!(await Source(build, image, cancel)).Try(out var source, out var noSource))
            return noSource;
        if (!(await targets.Open(image, cancel)).Try(out var target, out var noTarget))
            return noTarget;
        if (!(await registries.For(target, cancel)).Try(out var known, out var unreachable))
            return unreachable;
        return new JobEnds(source, target, known, await triggers.Of(build, cancel));
    }

    public static JobSpec Spec(BuildRow build, JobEnds ends, JobPlace place) =>
        new()
        {
            BuildId = build.Id,
            Attempt = build.Attempt,
            Source = ends.Source,
            Image = new JobImage(
                build.Plan.Directory,
                build.Plan.Dockerfile,
                build.Plan.Arguments,
                build.Plan.Platforms,
                build.Plan.NoCache,
                ends.Target.Host,
                ends.Target.Repository,
                build.Plan.Versions,
                ends.Target.PlainHttp,
                ends.Target.Bound.CertificateAuthorities
            ),
            Trigger = ends.Trigger,
            Engine = place.Engine,
            Workspace = place.Workspace,
            Deadline = build.StartedAt!.Value.AddMinutes(build.Plan.TimeLimitMinutes),
        };

    private async Task<Outcome<JobSource>> Source(BuildRow build, ImageRow image, CancellationToken cancel)
    {
        var source = await db.Set<SourceRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == image.SourceId, cancel);
        if (source is null)
            return ExecutionFailures.NoSource;
        if (!(await connections.Open(source.ConnectionId, cancel)).Try(out var bound, out var closed))
            return closed;
        if (bound.Provider is not ICodeHost host)
            return ExecutionFailures.NoSource;
        if (!host.Locate(bound.Target, source.Repository).Try(out var address, out var wrong))
            return wrong;
        if (!(await outside.Guard.Vet(address, bound.Target.Reach, cancel)).Try(out var vetted, out var refused))
            return refused;
        return new JobSource(
            $"source-{source.Id}",
            address.Url,
            build.Ref,
            build.Commit,
            address.CertificateAuthorities,
            address.HostKeys,
            vetted.Pin
        )
        {
            HostRef = await db.Set<RequestRow>()
                .Where(request => request.SourceId == source.Id && request.Ref == build.Ref)
                .Select(request => request.FetchRef)
                .FirstOrDefaultAsync(cancel),
        };
    }
}
