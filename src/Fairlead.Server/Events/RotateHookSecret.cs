using Fairlead.Contracts.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Hosting;
using Fairlead.Server.Hosts;

namespace Fairlead.Server.Events;

/// <summary>
/// Gives a hook a new secret and shows it once. The one before it works for some days more, so that a sender can be
/// changed without losing a delivery; the one before that stops at once.
/// </summary>
internal sealed class RotateHookSecret(
    FairleadDb db,
    HostBell hosts,
    VisibleSources sources,
    HookSecrets secrets,
    HookDirectory hooks,
    AuditLog audit,
    ServerOptions options,
    TimeProvider time
)
{
    public async Task<Outcome<HookShown>> Run(long sourceId, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await sources.Find(sourceId, caller, cancel) is not { } source)
            return EventFailures.SourceUnknown(sourceId);
        var secret = await secrets.Replace(db, source, cancel);
        await audit.Append(
            db,
            caller.Name,
            "source.hook-secret-replaced",
            $"source/{source.Id}",
            address: caller.Address,
            cancel: cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        hosts.Ring();
        hooks.Forget(source.HookId);
        return new HookShown(
            options.HookUrl(source.HookId),
            secret.Reveal(),
            source.HookSecretVersion > 1 ? time.GetUtcNow() + HookSecrets.Overlap : null
        );
    }
}
