using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// Has the host take back what was minted for a lease that is over. Tried again while the host is away; its own end is
/// what remains when it never answers.
/// </summary>
internal sealed class RevokeLease(FairleadDb db, SecretVault vault, ConnectionOpener opener, TimeProvider time)
{
    public const string Field = "handle";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>After that nobody tries any more: whatever was minted has ended by itself.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public async Task Run(long id, CancellationToken cancel)
    {
        var lease = await db.Set<LeaseRow>().SingleAsync(row => row.Id == id, cancel);
        var outcome = await Ask(lease, cancel);
        var now = time.GetUtcNow();
        if (outcome.Failure is { } failure && now < lease.ExpiresAt + Longest)
        {
            lease.RevokeFailures++;
            lease.RevokeAt = now + Backoff.After(failure, lease.RevokeFailures, FirstPause, LongestPause);
            await db.SaveChangesAsync(cancel);
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (lease.Revocable, lease.RevokeAt) = (false, null);
        await vault.Forget(db, lease.Owner, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<Outcome<Done>> Ask(LeaseRow lease, CancellationToken cancel)
    {
        var secrets = await vault.Open(db, lease.Owner, 1, cancel);
        // Without its connection nobody can be asked.
        if (!secrets.TryGetValue(Field, out var handle) || lease.ConnectionId is not { } connection)
            return Done.It;
        if (!await db.Set<ConnectionRow>().AnyAsync(row => row.Id == connection, cancel))
            return Done.It;
        if (!(await opener.Open(connection, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IRevokeGitCredential host)
            return Done.It;
        try
        {
            return await host.RevokeGitCredential(bound.Target, handle, cancel).WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return ConnectionFailures.TooSlow;
        }
    }
}
