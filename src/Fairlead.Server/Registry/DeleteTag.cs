using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>
/// Removes one tag and nothing else. The protocol can only delete a manifest together with every tag that names it, so
/// the tag is first moved to a manifest of its own, an empty index, and that one is deleted.
/// </summary>
internal sealed class DeleteTag(FairleadDb db, ImageTargets targets, AuditLog audit)
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    public async Task<Outcome<Done>> Run(string space, string name, string tag, Caller caller, CancellationToken cancel)
    {
        var found = await (
            from image in db.Set<ImageRow>()
            join owner in db.Set<NamespaceRow>() on image.NamespaceId equals owner.Id
            join row in db.Set<TagRow>() on image.Id equals row.ImageId
            where owner.Name == space && image.Name == name && row.Name == tag
            select new { image, row }
        ).FirstOrDefaultAsync(cancel);
        if (found is null)
            return RegistryFailures.UnknownTag($"{space}/{name}", tag);
        if (!(await targets.Open(found.image, cancel)).Try(out var target, out var failure))
            return failure;
        var removed = await Remove(target, tag, cancel);
        if (!removed.Ok)
            return removed;

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Remove(found.row);
        await audit.Append(
            db,
            caller.Name,
            "tag.deleted",
            $"image/{space}/{name}",
            $"{tag} was {found.row.Digest}",
            caller.Address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private static async Task<Outcome<Done>> Remove(ImageTarget target, string tag, CancellationToken cancel)
    {
        var tombstone = Tombstone();
        var (registry, bound, repository) = (target.Registry, target.Bound, target.Repository);
        var moved = await registry.PutManifest(bound, repository, tag, tombstone, cancel);
        return moved.Ok ? await registry.DeleteManifest(bound, repository, tombstone.Digest, cancel) : moved;
    }

    /// <summary>An index of no images; the random part makes sure that no other tag ever names it.</summary>
    private static ImageManifest Tombstone()
    {
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""
            {"schemaVersion":2,"mediaType":"{{{IndexType}}}","manifests":[],
             "annotations":{"fairlead.removed":"{{{Guid.NewGuid():N}}}"}}
            """
        );
        return new ImageManifest("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), IndexType, bytes);
    }
}
