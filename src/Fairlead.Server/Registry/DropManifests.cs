using Fairlead.Core.Outcomes;
using Fairlead.Providers.Oci;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>
/// Deletes the images of image repositories that are about to go from the managed registry. All digests are found out
/// before the first is deleted, so a registry that is away loses nothing; one that goes away in between keeps the rest,
/// and the tags shown are those that are left: it can be done again. What other registries hold is left alone.
/// </summary>
internal sealed class DropManifests(FairleadDb db, IServiceProvider services)
{
    public async Task<Outcome<Done>> Run(IReadOnlyList<ImageRow> images, CancellationToken cancel)
    {
        if (services.GetService<ManagedImages>() is not { } managed)
            return Done.It;
        var doomed = new List<Doomed>();
        foreach (var image in images.Where(image => image.TargetConnectionId is null))
        {
            if (!(await Find(managed, image, cancel)).Try(out var found, out var failure))
                return RegistryFailures.CannotDelete(failure, gone: 0);
            doomed.AddRange(found);
        }
        for (var gone = 0; gone < doomed.Count; gone++)
        {
            var (_, repository, digest) = doomed[gone];
            var deleted = await managed.DeleteManifest(managed.Target, repository, digest, cancel);
            if (deleted.Failure is not { Code: not OciFailures.ManifestUnknownCode } refused)
                continue;
            foreach (var dropped in doomed.Take(gone))
                await Forget(dropped, cancel);
            return RegistryFailures.CannotDelete(refused, gone);
        }
        return Done.It;
    }

    /// <summary>Whatever named it, the registry has it no longer.</summary>
    private Task<int> Forget(Doomed dropped, CancellationToken cancel) =>
        db.Set<TagRow>()
            .Where(tag => tag.ImageId == dropped.ImageId && tag.Digest == dropped.Digest)
            .ExecuteDeleteAsync(cancel);

    private sealed record Doomed(long ImageId, string Repository, string Digest);

    /// <summary>What tags name, in the registry and here, and what builds made.</summary>
    private async Task<Outcome<IReadOnlyList<Doomed>>> Find(
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
        // An index goes after its images: while it is there, they are found again.
        var parts = new HashSet<string>();
        foreach (var name in names.Union(indexes))
        {
            var contents = await IndexContents.Digests(managed, repository, name, cancel);
            if (!contents.Try(out var found, out var failure))
                return failure;
            digests.UnionWith(found.Take(1));
            parts.UnionWith(found.Skip(1));
        }
        return parts.Union(digests).Select(digest => new Doomed(image.Id, repository, digest)).ToList();
    }
}
