using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>Which sources have rules about pull requests, and which may.</summary>
internal sealed class RequestRules(FairleadDb db, IReadOnlyList<IProvider> providers, TimeProvider time)
{
    /// <summary>Whether some rule is about requests of this source: only then its host is asked for them.</summary>
    public Task<bool> Hear(long sourceId, CancellationToken cancel) =>
        db.Set<RuleRow>()
            .AnyAsync(
                rule =>
                    rule.RefKind == RefKind.Request
                    && db.Set<ImageRow>()
                        .Any(image => image.Id == rule.ImageId && image.SourceId == sourceId && image.BuildOnPush),
                cancel
            );

    /// <summary>A rule about requests takes a host that tells of them.</summary>
    public async Task<Outcome<Done>> Check(BuildRule rule, long sourceId, string prefix, CancellationToken cancel)
    {
        if (rule.Form.RefKind != RefKind.Request)
            return Done.It;
        var kind = await (
            from source in db.Set<SourceRow>()
            where source.Id == sourceId
            join connection in db.Set<ConnectionRow>() on source.ConnectionId equals connection.Id
            select connection.Kind
        ).FirstOrDefaultAsync(cancel);
        var provider = providers.FirstOrDefault(one => one.Kind == kind);
        return provider is IListRequests
            ? Done.It
            : ImageFailures.NoRequests(provider?.Title ?? "The code host", prefix + "type");
    }

    /// <summary>What is open by now is where history begins; it is looked at at once.</summary>
    public Task Begin(BuildRule rule, long sourceId, CancellationToken cancel) =>
        rule.Form.RefKind == RefKind.Request
            ? LookNow.MakeDue(db, sourceId, time.GetUtcNow(), cancel)
            : Task.CompletedTask;
}
