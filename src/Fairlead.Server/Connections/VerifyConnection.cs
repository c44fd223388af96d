using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>Asks the other side whether a connection works, and stores the verdict.</summary>
internal sealed class VerifyConnection(
    FairleadDb db,
    UsableConnections connections,
    ConnectionOpener opener,
    ShowConnection show,
    VerifyPlaces places,
    AuditLog audit,
    TimeProvider time
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Outcome<ConnectionView>> Run(string slug, Caller caller, CancellationToken cancel)
    {
        if (!(await connections.Find(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        await Now(row.Id, cancel);
        return await show.Run(slug, caller, cancel);
    }

    /// <summary>Verifies and stores; a verdict on settings that were changed meanwhile is dropped.</summary>
    public async Task Now(long id, CancellationToken cancel)
    {
        var row = await db.Set<ConnectionRow>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancel);
        if (row is null)
            return;
        var opened = await opener.Open(row, cancel);
        var verdict = opened.Try(out var bound, out var failure) ? await Ask(bound, cancel) : Verdict.From(failure);
        await Store(row, verdict, cancel);
    }

    /// <summary>
    /// The verdict within ten seconds of its turn, whatever the other side does; only so many are asked at once.
    /// </summary>
    public async Task<Verdict> Ask(Bound bound, CancellationToken cancel)
    {
        if (bound.Provider is not IVerify kind)
            return new Verdict(VerdictKind.Trusted, "Connections of this kind are not verified.");
        using var place = await places.Take(cancel);
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            return await kind.Verify(bound.Target, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Verdict.From(ConnectionFailures.TooSlow);
        }
    }

    private async Task Store(ConnectionRow row, Verdict verdict, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var failures = verdict.Kind == VerdictKind.Unreachable ? row.Failures + 1 : 0;
        var next = VerifySchedule.Next(verdict.Kind, failures, now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var stored = await db.Set<ConnectionRow>()
            .Where(found => found.Id == row.Id && found.Revision == row.Revision)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(found => found.Verdict, verdict)
                        .SetProperty(found => found.VerdictKind, verdict.Kind)
                        .SetProperty(found => found.VerifiedAt, now)
                        .SetProperty(found => found.Failures, failures)
                        .SetProperty(found => found.NextVerifyAt, next),
                cancel
            );
        if (stored == 1 && (verdict.Kind != row.VerdictKind || verdict.Code != row.Verdict.Code))
        {
            var detail = $"{verdict.Kind.ToString().ToLowerInvariant()}: {verdict.Code ?? "works"}";
            await audit.Append(db, "server", "connection.verified", $"connection/{row.Slug}", detail, null, cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }
}
