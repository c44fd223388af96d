using Fairlead.Core.Secrets;
using Fairlead.Server.Audit;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Leases;

/// <summary>
/// Writes a lease and its audit entry in one transaction. Called before the secret leaves the server: when this cannot
/// be written, nobody gets it.
/// </summary>
internal sealed class RecordLease(FairleadDb db, SecretVault vault, AuditLog audit, TimeProvider time)
{
    /// <summary>
    /// How long after a build's time limit its leases end at the latest, should nobody end them before.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <param name="expiresAt">When the credential ends by itself; null when it does not or nobody knows.</param>
    public async Task<LeaseRow> Run(
        BuildRow build,
        string purpose,
        string resource,
        LeaseOrigin origin,
        DateTimeOffset? expiresAt,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var latest = (build.StartedAt ?? now) + TimeSpan.FromMinutes(build.Plan.TimeLimitMinutes) + Grace;
        var lease = new LeaseRow
        {
            BuildId = build.Id,
            Purpose = purpose,
            Resource = resource,
            ConnectionId = origin.ConnectionId,
            Hash = origin.Hash,
            Static = origin.Static,
            Revocable = origin.Handle is not null,
            IssuedAt = now,
            ExpiresAt = expiresAt is { } end && end < latest ? end : latest,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(lease);
        await audit.Append(
            db,
            $"job/{build.Id}",
            "lease.issued",
            origin.Subject,
            $"To {purpose} {resource}{(origin.Static ? ", with the stored secret itself" : "")}.",
            cancel: cancel
        );
        await db.SaveChangesAsync(cancel);
        if (origin.Handle is { } handle)
        {
            var kept = new Dictionary<string, Secret> { [RevokeLease.Field] = handle };
            await vault.Seal(db, lease.Owner, 1, kept, cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return lease;
    }
}

/// <summary>Where a lease's credential comes from.</summary>
/// <param name="Subject">For the audit log: <c>connection/acme-git</c> or <c>registry</c>.</param>
/// <param name="ConnectionId">Null for our own registry.</param>
/// <param name="Hash">Of the password, when our own registry accepts it.</param>
/// <param name="Static">It is the stored secret itself.</param>
internal sealed record LeaseOrigin(string Subject, long? ConnectionId, byte[]? Hash, bool Static)
{
    /// <summary>What takes it back at its host; null where nothing does.</summary>
    public Secret? Handle { get; init; }
}
