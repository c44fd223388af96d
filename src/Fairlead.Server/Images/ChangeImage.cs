using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ChangeImage(
    FairleadDb db,
    HostBell hosts,
    BindImage bind,
    LedgerBell bell,
    ShowImage show,
    AuditLog audit
)
{
    public async Task<Outcome<ImageInfo>> Run(
        string space,
        string name,
        ImageChange change,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var image = found.Image;
        if (change.Summary is { Length: > 500 })
            return ImageFailures.SummaryTooLong();
        if (change.Connection is not null || change.Repository is not null || change.OutboundOnly is not null)
        {
            var source = await bind.Source(
                change.Connection ?? found.SourceConnection?.Slug,
                change.Repository ?? found.Source?.Repository ?? "",
                change.OutboundOnly,
                caller,
                cancel
            );
            if (!source.Ok)
                return source.Failure;
            if (source.Value is null && await db.Set<RuleRow>().AnyAsync(rule => rule.ImageId == image.Id, cancel))
                return ImageFailures.RulesNeedSource();
            image.SourceId = source.Value;
        }
        if (change.TargetConnection is not null || change.TargetRepository is not null)
        {
            var repository = change.TargetRepository ?? image.TargetRepository;
            if (change.TargetConnection is "")
                repository = null;
            var target = await bind.Target(change.TargetConnection ?? found.Target?.Slug, repository, caller, cancel);
            if (!target.Ok)
                return target.Failure;
            image.TargetConnectionId = target.Value;
            image.TargetRepository = string.IsNullOrEmpty(repository) ? null : repository;
        }
        image.Summary = change.Summary ?? image.Summary;
        image.IsPublic = change.IsPublic ?? image.IsPublic;
        image.BuildOnPush = change.BuildOnPush ?? image.BuildOnPush;
        image.NoCache = change.NoCache ?? image.NoCache;
        await audit.Append(db, caller.Name, "image.changed", $"image/{found.Name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        hosts.Ring();
        bell.Ring();
        return await show.Run(space, name, cancel);
    }
}
