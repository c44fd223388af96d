using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>Deletes a credential; one that connections use only when forced, and they are left without.</summary>
internal sealed class DeleteCredential(FairleadDb db, StoreCredential store, TimeProvider time)
{
    public async Task<Outcome<Done>> Run(string slug, bool force, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<CredentialRow>()
            .SingleOrDefaultAsync(
                found => found.Slug == slug && (found.OwnerId == caller.PersonId || caller.IsAdministrator),
                cancel
            );
        if (row is null)
            return CredentialFailures.Unknown(slug);
        var users = await db.Set<ConnectionRow>().Where(user => user.CredentialId == row.Id).ToListAsync(cancel);
        if (users.Count > 0 && !force)
            return CredentialFailures.InUse(slug, [.. users.Select(user => user.Slug)]);
        foreach (var user in users)
        {
            user.CredentialId = null;
            user.Verdict = Verdict.Unverified;
            user.VerdictKind = VerdictKind.Unverified;
            user.NextVerifyAt = time.GetUtcNow();
            user.Revision++;
        }
        await db.SaveChangesAsync(cancel);
        await store.Drop(row, caller, cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
