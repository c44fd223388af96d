using Fairlead.Core.Secrets;
using Fairlead.Server.Authorisations.Apps;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>
/// A credential's values in the vault. Only the newest version is ever kept; those of an App are kept with the App.
/// </summary>
internal sealed class CredentialSecrets(FairleadDb db, SecretVault vault)
{
    public async Task<IReadOnlyDictionary<string, Secret>> Open(CredentialRow row, CancellationToken cancel)
    {
        if (row.AppId is not { } id)
            return await vault.Open(db, Owner(row), row.Version, cancel);
        var app = await db.Set<AppRow>().AsNoTracking().SingleAsync(one => one.Id == id, cancel);
        var secrets = await vault.Open(db, app.Owner, app.Version, cancel);
        return secrets.Where(one => row.Fields.Contains(one.Key)).ToDictionary();
    }

    /// <summary>Seals the row's current version and forgets those before it, in the caller's transaction.</summary>
    public async Task Seal(CredentialRow row, IReadOnlyDictionary<string, Secret> values, CancellationToken cancel)
    {
        if (row.AppId is null)
            await vault.Seal(db, Owner(row), row.Version, values, cancel);
        await vault.Forget(db, Owner(row), cancel, before: row.Version);
    }

    /// <summary>Puts values in place that its host gave for the old ones, in the caller's transaction.</summary>
    public async Task Renew(CredentialRow row, IReadOnlyDictionary<string, Secret> values, CancellationToken cancel)
    {
        row.Version++;
        row.Fields = [.. values.Keys];
        await db.SaveChangesAsync(cancel);
        await Seal(row, values, cancel);
        await db.SaveChangesAsync(cancel);
    }

    public Task Forget(CredentialRow row, CancellationToken cancel) => vault.Forget(db, Owner(row), cancel);

    private static string Owner(CredentialRow row) => $"credential/{row.Id}";
}
