using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Vault;

/// <summary>
/// Seals secrets into rows and opens them again. A value is bound to its owner, field and version: a row copied to
/// another place, or an older version put back, does not open.
/// </summary>
internal sealed class SecretVault(KeyRing keys, TimeProvider time)
{
    /// <summary>
    /// Adds the sealed values to the caller's open transaction; saving and committing stay with the caller. Versions
    /// of an owner only grow.
    /// </summary>
    public async Task Seal(
        FairleadDb db,
        string owner,
        int version,
        IReadOnlyDictionary<string, Secret> values,
        CancellationToken cancel
    )
    {
        await WriteLock.Share(db, LockName.Vault, cancel);
        var kek = keys.Newest;
        foreach (var (field, value) in values)
            db.Add(Envelope.Seal(kek, new Place(owner, field, version), value.Bytes, time.GetUtcNow()));
    }

    /// <summary>All fields of that version; empty when there are none.</summary>
    /// <exception cref="SealBrokenException">A row was changed, moved or rolled back, or its key is gone.</exception>
    public async Task<IReadOnlyDictionary<string, Secret>> Open(
        FairleadDb db,
        string owner,
        int version,
        CancellationToken cancel
    )
    {
        var rows = await db.Set<SealedRow>()
            .AsNoTracking()
            .Where(row => row.Owner == owner && row.Version == version)
            .ToListAsync(cancel);
        return rows.ToDictionary(
            row => row.Field,
            row =>
                Envelope.Open(
                    keys.Find(row.KeyId) ?? throw new SealBrokenException(owner, row.Field),
                    row,
                    new Place(owner, row.Field, version),
                    bytes => new Secret(bytes)
                )
        );
    }

    /// <summary>
    /// Removes every value of the owner, or only the versions before <paramref name="before"/>, at once.
    /// </summary>
    public Task Forget(FairleadDb db, string owner, CancellationToken cancel, int before = int.MaxValue) =>
        db.Set<SealedRow>().Where(row => row.Owner == owner && row.Version < before).ExecuteDeleteAsync(cancel);
}
