using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Providers.Oci;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>
/// Brings what is known of tags in line with what the managed registry holds: it keeps its notifications in memory
/// only, so those of a crash or a restart never come.
/// </summary>
internal sealed class ReconcileTags(FairleadDb db, ManagedImages managed, TimeProvider time)
{
    /// <summary>
    /// Returns how many tags were added, changed or removed; a failure when the registry could not tell.
    /// </summary>
    public async Task<Outcome<int>> Run(CancellationToken cancel)
    {
        var images = await (
            from image in db.Set<ImageRow>().AsNoTracking()
            join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
            where image.TargetConnectionId == null
            orderby image.Id
            select new { image.Id, Repository = space.Name + "/" + image.Name }
        ).ToListAsync(cancel);
        var changes = 0;
        foreach (var image in images)
        {
            if (!(await Image(image.Id, image.Repository, cancel)).Try(out var some, out var failure))
                return failure;
            changes += some;
        }
        return changes;
    }

    private async Task<Outcome<int>> Image(long image, string repository, CancellationToken cancel)
    {
        // Rows first: a tag pushed after the listing is then not taken for one that has gone.
        var known = await db.Set<TagRow>()
            .AsNoTracking()
            .Where(tag => tag.ImageId == image)
            .ToDictionaryAsync(tag => tag.Name, cancel);
        if (!(await managed.Tags(managed.Target, repository, cancel)).Try(out var names, out var away))
            return away;
        var changes = 0;
        foreach (var name in names)
        {
            var described = await managed.Manifest(managed.Target, repository, name, cancel);
            if (described.Failure is { Code: OciFailures.ManifestUnknownCode })
                continue;
            if (!described.Try(out var manifest, out var failure))
                return failure;
            if (known.Remove(name, out var row) && row.Digest == manifest.Digest)
                continue;
            var size = await IndexContents.Size(managed, repository, manifest, cancel);
            changes += row is not null
                ? await Change(row, manifest, size, cancel)
                : await Add(image, name, manifest, size, cancel);
        }
        foreach (var gone in known.Values)
            changes += await db.Set<TagRow>()
                .Where(tag => tag.Id == gone.Id && tag.Digest == gone.Digest && tag.PushedAt == gone.PushedAt)
                .ExecuteDeleteAsync(cancel);
        return changes;
    }

    /// <summary>Only when nobody wrote it since: a notification knows more than a listing.</summary>
    private async Task<int> Change(TagRow row, ImageManifest manifest, long size, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var build = await BuildOf(row.ImageId, manifest.Digest, cancel);
        List<string> platforms = [.. manifest.Platforms];
        return await db.Set<TagRow>()
            .Where(tag => tag.Id == row.Id && tag.Digest == row.Digest && tag.PushedAt == row.PushedAt)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(tag => tag.Digest, manifest.Digest)
                        .SetProperty(tag => tag.Size, size)
                        .SetProperty(tag => tag.Platforms, platforms)
                        .SetProperty(tag => tag.BuildId, build)
                        .SetProperty(tag => tag.PushedBy, (string?)null)
                        .SetProperty(tag => tag.PushedAt, now),
                cancel
            );
    }

    private async Task<int> Add(long image, string name, ImageManifest manifest, long size, CancellationToken cancel)
    {
        var row = new TagRow
        {
            ImageId = image,
            Name = name,
            Digest = manifest.Digest,
            Size = size,
            Platforms = [.. manifest.Platforms],
            BuildId = await BuildOf(image, manifest.Digest, cancel),
            PushedAt = time.GetUtcNow(),
        };
        db.Add(row);
        try
        {
            return await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            // Its notification came in between.
            return 0;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private Task<long?> BuildOf(long image, string digest, CancellationToken cancel) =>
        db.Set<BuildRow>()
            .Where(build => build.ImageId == image && build.Digest == digest)
            .MaxAsync(build => (long?)build.Id, cancel);
}
