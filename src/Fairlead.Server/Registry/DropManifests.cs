using Fairlead.Core.Outcomes;
using Fairlead.Providers.Oci;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>
/// Deletes the images of image repositories that are about to go from the managed registry. All digests are found out
/// before the first is deleted, so a registry that is away loses nothing. What other registries hold is left alone.
/// </summary>
internal sealed class DropManifests(FairleadDb db, IServiceProvider services)
{
    public async Task<Outcome<Done>> Run(IReadOnlyList<ImageRow> images, CancellationToken cancel)
    {
        if (services.GetService<ManagedImages>() is not { } managed)
            return Done.It;
        var doomed = new List<(string Repository, string Digest)>();
        foreach (var image in images.Where(image => image.TargetConnectionId is null))
        {
            if (!(await Find(managed, image, cancel)).Try(out var found, out var failure))
                return RegistryFailures.CannotDelete(failure);
            doomed.AddRange(found);
        }
        foreach (var (repository, digest) in doomed)
            if (
                await managed.DeleteManifest(managed.Target, repository, digest, cancel) is
                { Failure: { Code: not OciFailures.ManifestUnknownCode } refused }
            )
                return RegistryFailures.CannotDelete(refused);
        return Done.It;
    }

    /// <summary>What tags name, in the registry and here, and what builds made.</summary>
    private async Task<Outcome<List<(string Repository, string Digest)>>> Find(
        ManagedImages managed,
        ImageRow image,
        CancellationToken cancel
    )
    {
        var space = await db.Set<NamespaceRow>().FirstAsync(row => row.Id == image.NamespaceId, cancel);
        var repository = $"{space.Name}/{image.Name}";
        if (!(await managed.Tags(managed.Target, repository, cancel)).Try(out var names, out var away))
            return away;
        var tagged = db.Set<TagRow>().Where(tag => tag.ImageId == image.Id).Select(tag => tag.Digest);
        var built = await db.Set<BuildRow>()
            .Where(build => build.ImageId == image.Id && build.Digest != null)
            .Select(build => new { Digest = build.Digest!, build.Plan })
            .ToListAsync(cancel);
        // Only an index has more behind it: what else was built needs no look.
        var indexes = built.Where(build => build.Plan.Platforms.Count > 1).Select(build => build.Digest);
        var digests = built.Select(build => build.Digest).Union(await tagged.ToListAsync(cancel)).ToHashSet();
        foreach (var name in names.Union(indexes))
            if ((await IndexContents.Digests(managed, repository, name, cancel)).Try(out var more, out var failure))
                digests.UnionWith(more);
            else
                return failure;
        return digests.Select(digest => (repository, digest)).ToList();
    }
}
