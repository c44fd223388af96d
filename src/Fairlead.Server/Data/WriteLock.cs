using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Data;

/// <summary>What has a single writer in a database; the number is the key of PostgreSQL's advisory lock.</summary>
internal enum LockName : long
{
    Audit = 0x666c_0001,
    Vault = 0x666c_0002,
    FirstSetUp = 0x666c_0003,
    Access = 0x666c_0004,
}

/// <summary>
/// Locks that last until the caller's transaction ends. SQLite has one writer at a time already (a transaction begins
/// with the write lock), so only PostgreSQL takes one.
/// </summary>
internal static class WriteLock
{
    public static Task Take(FairleadDb db, LockName name, CancellationToken cancel) =>
        Lock(db, "select pg_advisory_xact_lock({0})", name, cancel);

    /// <summary>Many may share it; nobody who takes it is in at the same time.</summary>
    public static Task Share(FairleadDb db, LockName name, CancellationToken cancel) =>
        Lock(db, "select pg_advisory_xact_lock_shared({0})", name, cancel);

    private static async Task Lock(FairleadDb db, string sql, LockName name, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("This must be part of the caller's transaction: begin one first.");
        if (db is PostgresDb)
            await db.Database.ExecuteSqlRawAsync(sql, [(long)name], cancel);
    }
}
