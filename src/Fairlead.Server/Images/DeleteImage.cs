using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Hosts;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class DeleteImage(FairleadDb db, HostBell hosts, DropManifests drop, AuditLog audit)
{
    /// <summary>
    /// Deletes an image repository, and what the managed registry holds of it; what it pushed elsewhere stays there.
    /// </summary>
    /// <param name="force">
    /// Delete although it has tags or active builds. A runner that still works on one finds its token refused and ends.
    /// </param>
    public async Task<Outcome<Done>> Run(string space, string name, bool force, Caller caller, CancellationToken cancel)
    {
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        if (!force && await Use(found, cancel) is { } used)
            return used;
        // The registry is asked outside the transaction: it may take seconds.
        if ((await drop.Run([found.Image], cancel)).Failure is { } refused)
            return refused;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!force && await Use(found, cancel) is { } usedNow)
            return usedNow;
        await db.Set<ImageRow>().Where(image => image.Id == found.Image.Id).ExecuteDeleteAsync(cancel);
        await audit.Append(db, caller.Name, "image.deleted", $"image/{found.Name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        hosts.Ring();
        return Done.It;
    }

    private async Task<Failure?> Use(FoundImage found, CancellationToken cancel)
    {
        var id = found.Image.Id;
        var tags = await db.Set<TagRow>().CountAsync(tag => tag.ImageId == id, cancel);
        var active = await db.Set<BuildRow>()
            .CountAsync(
                build => build.ImageId == id && (build.State == BuildState.Queued || build.State == BuildState.Running),
                cancel
            );
        return tags + active > 0 ? ImageFailures.InUse(found.Name, tags, active) : null;
    }
}
