using Fairlead.Core.Secrets;
using Fairlead.Server.Data;

namespace Fairlead.Server.Vault;

/// <summary>Secrets the instance makes for itself once and keeps sealed; all its servers get the same value.</summary>
internal sealed class KeptSecret(IServiceScopeFactory scopes)
{
    private const string Field = "value";

    /// <param name="owner">The vault's name for it: <c>registry/signing</c>.</param>
    /// <param name="create">Called when there is none yet; the first server to come makes it for all.</param>
    public async Task<Secret> GetOrCreate(string owner, Func<Secret> create, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var vault = scope.ServiceProvider.GetRequiredService<SecretVault>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.FirstSetUp, cancel);
        if ((await vault.Open(db, owner, 1, cancel)).TryGetValue(Field, out var kept))
            return kept;
        var created = create();
        await vault.Seal(db, owner, 1, new Dictionary<string, Secret> { [Field] = created }, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return created;
    }
}
