using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class DeleteImage(FairleadDb db, AuditLog audit)
{
    /// <param name="force">
    /// Delete although it has tags or active builds. A runner that still works on one finds its token refused and ends.
    /// </param>
    public async Task<Outcome<Done>> Run(string space, string name, bool force, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var id = found.Image.Id;
        var tags = await db.Set<TagRow>().CountAsync(tag => tag.ImageId == id, cancel);
        var active = await db.Set<BuildRow>()
            .CountAsync(
                build => build.ImageId == id && (build.State == BuildState.Queued || build.State == BuildState.Running),
                cancel
            );
        if (!force && tags + active > 0)
            return ImageFailures.InUse(found.Name, tags, active);
        db.Remove(found.Image);
        await audit.Append(db, caller.Name, "image.deleted", $"image/{found.Name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
