using Fairlead.Contracts.Vault;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Vault;

/// <summary>
/// Replaces the key-encryption key while the server works: a new key is added and writes from then on, every data key
/// is wrapped again in small transactions, and the old keys leave the file when no row names them. What is left to do
/// is told by the rows, so a crash anywhere is resumed by <see cref="Finish"/>.
/// </summary>
internal sealed class RotateKeys(KeyRing keys, IServiceScopeFactory scopes, AuditLog audit, TimeProvider time)
{
    private const int Batch = 100;
    private readonly SemaphoreSlim _one = new(1);

    public async Task<Outcome<KeyRotation>> Run(Caller caller, CancellationToken cancel)
    {
        try
        {
            await Add(caller, cancel);
        }
        catch (StartupException refused)
        {
            return VaultFailures.KeyFileRefused(refused.Message);
        }
        var rewrapped = await Finish(cancel);
        return new KeyRotation(keys.Newest.Id, rewrapped);
    }

    private async Task Add(Caller caller, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Vault, cancel);
        var fresh = KeyEncryptionKey.Make(time.GetUtcNow());
        await audit.Append(db, caller.Name, "vault.rotated", $"key/{fresh.Id}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        keys.Replace([.. keys.Keys, fresh]);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Wraps what is still under an older key, then drops the older keys.</summary>
    public async Task<int> Finish(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var newest = keys.Newest;
            var rewrapped = 0;
            for (var (after, count) = (0L, Batch); count == Batch; rewrapped += count)
                (after, count) = await RewrapBatch(newest, after, cancel);
            await DropUnused(cancel);
            return rewrapped;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(long After, int Count)> RewrapBatch(
        KeyEncryptionKey newest,
        long after,
        CancellationToken cancel
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var rows = await db.Set<SealedRow>()
            .AsNoTracking()
            .Where(row => row.Id > after && row.KeyId != newest.Id)
            .OrderBy(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var row in rows)
        {
            var old = keys.Find(row.KeyId) ?? throw new SealBrokenException(row.Owner, row.Field);
            var (nonce, wrapped) = Envelope.Rewrap(old, newest, row);
            await db.Set<SealedRow>()
                .Where(stored => stored.Id == row.Id && stored.KeyId == row.KeyId)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(stored => stored.KeyId, newest.Id)
                            .SetProperty(stored => stored.WrapNonce, nonce)
                            .SetProperty(stored => stored.WrappedKey, wrapped),
                    cancel
                );
        }
        await transaction.CommitAsync(cancel);
        return (rows is [.., var last] ? last.Id : after, rows.Count);
    }

    /// <summary>
    /// Under the lock that <see cref="SecretVault.Seal"/> shares, so no transaction that sealed with an old key is
    /// still on its way to the database.
    /// </summary>
    private async Task DropUnused(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Vault, cancel);
        var used = await db.Set<SealedRow>().Select(row => row.KeyId).Distinct().ToListAsync(cancel);
        var newest = keys.Newest;
        if (keys.Keys.Count > 1)
            keys.Replace(keys.Keys.Where(key => key.Id == newest.Id || used.Contains(key.Id)).ToList());
    }
}
