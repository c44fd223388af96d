using System.Security.Cryptography;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// Who was sent to a host, and takes them back: an answer counts once, soon, for the person and session that asked, and
/// for nothing but what was asked.
/// </summary>
internal sealed class GrantRequests(FairleadDb db, SecretVault vault, TimeProvider time)
{
    private const int MostInAMinute = 10;

    /// <summary>256 random bits, of which the database keeps the hash.</summary>
    private const int StateLength = 43;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string Random() => RandomNumberGenerator.GetString(RandomText.Base62, StateLength);

    /// <summary>A request that may be sent now, or why not; nothing is stored yet.</summary>
    public async Task<Outcome<GrantRequestRow>> New(
        string purpose,
        string kind,
        string state,
        Caller caller,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        await db.Set<GrantRequestRow>().Where(old => old.ExpiresAt < now.AddDays(-1)).ExecuteDeleteAsync(cancel);
        var since = now.AddMinutes(-1);
        var lately = await db.Set<GrantRequestRow>()
            .CountAsync(row => row.PersonId == caller.PersonId && row.CreatedAt > since, cancel);
        if (lately >= MostInAMinute)
            return AuthorisationFailures.TooMany;
        return new GrantRequestRow
        {
            Hash = RandomText.Hash(state),
            Purpose = purpose,
            Kind = kind,
            PersonId = caller.PersonId,
            SessionId = caller.SessionId,
            CreatedAt = now,
            ExpiresAt = now + Patience,
        };
    }

    /// <param name="secrets">What will be needed when the person comes back.</param>
    public async Task Store(GrantRequestRow row, IReadOnlyDictionary<string, Secret> secrets, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        await vault.Seal(db, row.Owner, 1, secrets, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Uses up the request that this state was made for.</summary>
    public async Task<Outcome<GrantRequestRow>> Take(
        string purpose,
        string kind,
        string? state,
        Caller caller,
        CancellationToken cancel
    )
    {
        var hash = RandomText.Hash(state ?? "");
        var row = await db.Set<GrantRequestRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Hash == hash, cancel);
        if (row is null || row.Kind != kind || row.Purpose != purpose)
            return AuthorisationFailures.StateUnknown;
        return await Take(row, caller, cancel) is { } failure ? failure : row;
    }

    public async Task<Failure?> Take(GrantRequestRow row, Caller caller, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (row.PersonId != caller.PersonId || (row.SessionId is { } session && session != caller.SessionId))
            return AuthorisationFailures.OtherSession;
        if (row.UsedAt is not null)
            return AuthorisationFailures.Replayed;
        if (row.ExpiresAt <= now)
            return AuthorisationFailures.TooLate;
        var taken = await db.Set<GrantRequestRow>()
            .Where(one => one.Id == row.Id && one.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancel);
        return taken == 0 ? AuthorisationFailures.Replayed : null;
    }

    /// <summary>What was sealed with a request; it is forgotten with this.</summary>
    public async Task<IReadOnlyDictionary<string, Secret>> Spend(GrantRequestRow row, CancellationToken cancel)
    {
        var secrets = await vault.Open(db, row.Owner, 1, cancel);
        await vault.Forget(db, row.Owner, cancel);
        return secrets;
    }
}
