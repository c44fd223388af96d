using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Credentials;

/// <summary>A credential's values in the vault. Only the newest version is ever kept.</summary>
internal sealed class CredentialSecrets(FairleadDb db, SecretVault vault)
{
    public Task<IReadOnlyDictionary<string, Secret>> Open(CredentialRow row, CancellationToken cancel) =>
        vault.Open(db, Owner(row), row.Version, cancel);

    /// <summary>Seals the row's current version and forgets those before it, in the caller's transaction.</summary>
    public async Task Seal(CredentialRow row, IReadOnlyDictionary<string, Secret> values, CancellationToken cancel)
    {
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
