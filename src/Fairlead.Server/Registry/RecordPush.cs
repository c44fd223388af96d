using Fairlead.Core.Registries;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>
/// Writes down what the registry told of a push: which tag names which digest now, and who did it. A push to a free
/// name in a namespace makes the image repository, as people expect of <c>docker push</c>. What the server itself
/// pushed, it has written down already.
/// </summary>
internal sealed class RecordPush(FairleadDb db, ManagedImages managed, TimeProvider time)
{
    public async Task Run(RegistryEvent push, CancellationToken cancel)
    {
        var target = push.Target!;
        if (push.Actor?.Name == ManagedImages.Subject)
            return;
        if (await FindOrMakeImage(target.Repository!, cancel) is not { } image)
            return;
        var described = await managed.Manifest(managed.Target, target.Repository!, target.Digest!, cancel);
        if (!described.Try(out var manifest, out _))
            return;
        var size = await IndexContents.Size(managed, target.Repository!, manifest, cancel);
        await Store(image, target.Tag!, manifest, size, push, cancel);
    }

    private async Task Store(
        ImageRow image,
        string name,
        ImageManifest manifest,
        long size,
        RegistryEvent push,
        CancellationToken cancel
    )
    {
        var tag = await db.Set<TagRow>()
            .FirstOrDefaultAsync(row => row.ImageId == image.Id && row.Name == name, cancel);
        if (tag is null)
            db.Add(
                tag = new TagRow
                {
                    ImageId = image.Id,
                    Name = name,
                    Digest = manifest.Digest,
                }
            );
        tag.Size = size;
        tag.Platforms = [.. manifest.Platforms];
        tag.BuildId = BuildOf(push.Actor?.Name) ?? (tag.Digest == manifest.Digest ? tag.BuildId : null);
        tag.Digest = manifest.Digest;
        tag.PushedBy = push.Actor?.Name;
        tag.PushedAt = push.Timestamp ?? time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Tokens for jobs have the subject <c>build/12</c>.</summary>
    private static long? BuildOf(string? actor) =>
        actor is not null
        && actor.StartsWith("build/", StringComparison.Ordinal)
        && long.TryParse(actor[6..], out var id)
            ? id
            : null;

    private async Task<ImageRow?> FindOrMakeImage(string repository, CancellationToken cancel)
    {
        var slash = repository.IndexOf('/');
        if (slash < 0)
            return null;
        var (spaceName, name) = (repository[..slash], repository[(slash + 1)..]);
        var space = await db.Set<NamespaceRow>().FirstOrDefaultAsync(row => row.Name == spaceName, cancel);
        if (space is null)
            return null;
        var image = await db.Set<ImageRow>()
            .FirstOrDefaultAsync(row => row.NamespaceId == space.Id && row.Name == name, cancel);
        if (image is null)
        {
            image = new ImageRow
            {
                NamespaceId = space.Id,
                Name = name,
                CreatedAt = time.GetUtcNow(),
            };
            db.Add(image);
            await db.SaveChangesAsync(cancel);
        }
        return image;
    }
}
