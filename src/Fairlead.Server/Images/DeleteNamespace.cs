using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class DeleteNamespace(FairleadDb db, DeleteImage deleteImage, AuditLog audit)
{
    /// <param name="force">Its image repositories go with it.</param>
    public async Task<Outcome<Done>> Run(string name, bool force, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<NamespaceRow>().FirstOrDefaultAsync(space => space.Name == name, cancel);
        if (row is null)
            return ImageFailures.NamespaceUnknown(name) with { Field = null, Remedy = null };
        var images = await db.Set<ImageRow>()
            .Where(image => image.NamespaceId == row.Id)
            .Select(image => image.Name)
            .ToListAsync(cancel);
        if (images.Count > 0 && !force)
            return ImageFailures.NamespaceInUse(name, images.Count);
        foreach (var image in images)
            if (await deleteImage.Run(name, image, force, caller, cancel) is { Ok: false } refused)
                return refused;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Remove(row);
        await audit.Append(db, caller.Name, "namespace.deleted", $"namespace/{name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
