using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// Hears what decides the image a runner is about to build. When an earlier build of the same image repository had the
/// same inputs and its image is still there, it is tagged again and nothing is built.
/// </summary>
internal sealed class ReuseInputs(FairleadDb db, RunningJobs jobs, ImageTargets targets, BaseDigests baseDigests)
{
    private static readonly InputsReply Build = new(null, null);

    public async Task<Outcome<InputsReply>> Run(JobToken token, InputsRequest inputs, CancellationToken cancel)
    {
        if (!(await jobs.Find(token, inputs.Attempt, cancel)).Try(out var build, out var refused))
            return refused;
        // Nothing is told of what a stranger's bases are, and no image of a request becomes another build's.
        if (build.IsOfRequest)
            return Build;
        var image = await db.Set<ImageRow>().AsNoTracking().FirstAsync(row => row.Id == build.ImageId, cancel);
        if (!inputs.Certain || !(await targets.Open(image, cancel)).Try(out var target, out _))
            return Build;
        if (await baseDigests.Of(inputs.Bases, target, cancel) is not { } bases)
            return Build;
        var key = InputKey.Of(inputs.Tree, inputs.Dockerfile, bases, build.Plan);
        var mine = db.Set<BuildRow>().Where(row => row.Id == build.Id && row.Attempt == build.Attempt);
        await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.InputKey, key), cancel);
        if (build.Plan.NoCache || build.Reason == BuildReason.Rebuild)
            return Build;
        if (await Earlier(build, key, cancel) is not { } earlier)
            return Build;
        if (await TagAgain(target, earlier.Digest!, build.Plan.Versions, cancel) is not { } manifest)
            return Build;
        var size = manifest.Size > 0 ? manifest.Size : earlier.Size;
        await mine.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.ReusedBuildId, earlier.ReusedBuildId ?? earlier.Id)
                    .SetProperty(row => row.Size, size),
            cancel
        );
        return new InputsReply(earlier.ReusedBuildId ?? earlier.Id, manifest.Digest);
    }

    private Task<BuildRow?> Earlier(BuildRow build, string key, CancellationToken cancel) =>
        db.Set<BuildRow>()
            .AsNoTracking()
            .Where(row =>
                row.ImageId == build.ImageId
                && row.InputKey == key
                && row.Id != build.Id
                && row.State == BuildState.Succeeded
                && row.Digest != null
            )
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancel);

    /// <summary>Null when the image is gone, or the registry does not take it: then it is built.</summary>
    private static async Task<ImageManifest?> TagAgain(
        ImageTarget target,
        string digest,
        IReadOnlyList<string> tags,
        CancellationToken cancel
    )
    {
        var found = await target.Registry.Manifest(target.Bound, target.Repository, digest, cancel);
        if (!found.Try(out var manifest, out _))
            return null;
        foreach (var tag in tags)
            if (!(await target.Registry.PutManifest(target.Bound, target.Repository, tag, manifest, cancel)).Ok)
                return null;
        return manifest;
    }
}
