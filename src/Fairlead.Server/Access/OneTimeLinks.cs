using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Links that work once. Only the hash is kept; the address is <c>/link/SECRET</c>.</summary>
internal sealed class OneTimeLinks(FairleadDb db, TimeProvider time)
{
    public static readonly TimeSpan ForSetUp = TimeSpan.FromHours(24);
    public static readonly TimeSpan ForPerson = TimeSpan.FromHours(24);

    /// <summary>Adds a link; the caller saves.</summary>
    /// <param name="personId">Whom it signs in; null for the first set-up.</param>
    /// <returns>The secret part of the address.</returns>
    public string Make(long? personId, TimeSpan lifetime)
    {
        var secret = RandomText.Make();
        db.Add(
            new OneTimeLinkRow
            {
                Hash = RandomText.Hash(secret),
                PersonId = personId,
                ExpiresAt = time.GetUtcNow() + lifetime,
            }
        );
        return secret;
    }

    /// <summary>Whether it would still work, without using it; what a page shows depends on whose it is.</summary>
    public async Task<Outcome<OneTimeLinkRow>> Look(string secret, CancellationToken cancel)
    {
        var (hash, now) = (RandomText.Hash(secret), time.GetUtcNow());
        var link = await db.Set<OneTimeLinkRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > now, cancel);
        return link is null ? AccessFailures.LinkSpent : link;
    }

    /// <summary>Uses it up inside the caller's transaction: of two at once, one gets it.</summary>
    public async Task<Outcome<OneTimeLinkRow>> Use(string secret, CancellationToken cancel)
    {
        var found = await Look(secret, cancel);
        if (!found.Ok)
            return found;
        var used = await db.Set<OneTimeLinkRow>()
            .Where(row => row.Id == found.Value.Id && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, time.GetUtcNow()), cancel);
        return used == 1 ? found : AccessFailures.LinkSpent;
    }

    /// <summary>Makes every unused link of the same kind and person worthless.</summary>
    public Task Withdraw(long? personId, CancellationToken cancel) =>
        db.Set<OneTimeLinkRow>()
            .Where(row => row.PersonId == personId && row.UsedAt == null)
            .ExecuteDeleteAsync(cancel);
}
