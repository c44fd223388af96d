using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Data;

/// <summary>Brings the database to this program's schema before anything else starts.</summary>
internal sealed class DatabaseSetup(IServiceScopeFactory scopes)
{
    /// <exception cref="StartupException">The database is newer than this program, or not durable.</exception>
    public async Task Run(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var known = KnownMigrations.Of(db);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Except(known).FirstOrDefault() is { } newer)
            throw new StartupException(
                $"This database was upgraded by a newer Fairlead (it knows '{newer}'). "
                    + "Start that version or a later one; this one leaves the data alone."
            );
        // Migrating compares the whole model with its last snapshot first: time and memory that most starts can spare.
        if (known.Except(applied).Any())
            await db.Database.MigrateAsync(cancel);
        if (db is SqliteDb)
            await CheckSqlite(db, cancel);
        else
            await CheckPostgres(db, cancel);
    }

    private static async Task CheckPostgres(FairleadDb db, CancellationToken cancel)
    {
        // With `fsync` or `full_page_writes` off, a power cut loses what a webhook was promised.
        string[] names = ["fsync", "full_page_writes", "synchronous_commit"];
        var off = await db
            .Database.SqlQueryRaw<string>(
                "select name as \"Value\" from pg_settings where name = any ({0}) and setting = 'off'",
                [names]
            )
            .ToListAsync(cancel);
        if (off is [var name, ..])
            throw new StartupException(
                $"PostgreSQL would not wait for the disk ({name} is off for this database). Nothing was started."
            );
    }

    private static async Task CheckSqlite(FairleadDb db, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancel);
        var synchronous = await db.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync(cancel);
        if (synchronous is not [>= 2])
            throw new StartupException(
                "SQLite would not wait for the disk (synchronous is below FULL). Nothing was started."
            );
    }
}

/// <summary>The server cannot start, and the message says why in one sentence.</summary>
internal sealed class StartupException(string message) : Exception(message);
