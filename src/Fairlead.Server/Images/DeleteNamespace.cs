using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class DeleteNamespace(FairleadDb db, DropManifests drop, AuditLog audit)
{
    /// <param name="force">
    /// Its image repositories go with it, and what the managed registry holds of them: all of them or none.
    /// </param>
    public async Task<Outcome<Done>> Run(string name, bool force, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<NamespaceRow>().FirstOrDefaultAsync(space => space.Name == name, cancel);
        if (row is null)
            return ImageFailures.NamespaceUnknown(name) with { Field = null, Remedy = null };
        var images = await db.Set<ImageRow>()
            .AsNoTracking()
            .Where(image => image.NamespaceId == row.Id)
            .ToListAsync(cancel);
        if (images.Count > 0 && !force)
            return ImageFailures.NamespaceInUse(name, images.Count);
        if ((await drop.Run(images, cancel)).Failure is { } refused)
            return refused;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ids = images.Select(image => image.Id).ToList();
        await db.Set<ImageRow>().Where(image => ids.Contains(image.Id)).ExecuteDeleteAsync(cancel);
        foreach (var image in images)
            await audit.Append(
                db,
                caller.Name,
                "image.deleted",
                $"image/{name}/{image.Name}",
                "",
                caller.Address,
                cancel
            );
        db.Remove(row);
        await audit.Append(db, caller.Name, "namespace.deleted", $"namespace/{name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
