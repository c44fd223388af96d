using System.Data.Common;
using Fairlead.Server.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fairlead.Server.Data;

/// <summary>
/// Carries SQLite's journal over into the database beside the writers. SQLite itself does it at the end of some
/// commit, for which that commit, and whoever waits for it, would pay.
/// </summary>
internal sealed class Checkpoints(ServerOptions options, WriteGate gate, ILogger<Checkpoints> log) : BackgroundService
{
    /// <summary>Journal written since the last time that makes it worth while.</summary>
    private const long Due = 4 * 1024 * 1024;

    /// <summary>Journal that is carried over in about the time of a commit.</summary>
    private const long Little = 256 * 1024;

    private const int MostPasses = 8;

    /// <summary>In pages: if nobody else came to it, a commit does it after all.</summary>
    private const int AtLast = 20_000;

    private readonly SemaphoreSlim _due = new(0, 1);
    private long _written;

    private long Written => Interlocked.Read(ref _written);

    /// <summary>For connections whose commits shall not carry the journal over.</summary>
    public static string LeftToUs => $"PRAGMA wal_autocheckpoint={AtLast}";

    /// <summary>Called by one writer at a time.</summary>
    public void Wrote(long bytes)
    {
        if (Interlocked.Add(ref _written, bytes) < Due || _due.CurrentCount > 0)
            return;
        Interlocked.Exchange(ref _written, 0);
        _due.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                await _due.WaitAsync(stop);
                await Task.Run(() => CarryOver(stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
            catch (SqliteException busy)
            {
                log.LogWarning("The journal could not be carried over into the database yet: {Why}", busy.Message);
            }
    }

    /// <summary>
    /// Most of it while others write, again for what they wrote meanwhile; then the rest while they wait, since the
    /// journal starts anew only when nothing is left in it.
    /// </summary>
    private async Task CarryOver(CancellationToken stop)
    {
        using var connection = new SqliteConnection($"Data Source={options.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        for (var (pass, before) = (0, 0L); pass == 0 || (Written - before > Little && pass < MostPasses); pass++)
        {
            before = Written;
            command.ExecuteNonQuery();
        }
        using (await gate.Enter(stop))
            command.ExecuteNonQuery();
    }

    /// <summary>Makes every connection of the object mapper leave it to us.</summary>
    internal sealed class OnConnections : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) =>
            Leave(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData data,
            CancellationToken cancel = default
        )
        {
            Leave(connection);
            return Task.CompletedTask;
        }

        private static void Leave(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = LeftToUs;
            command.ExecuteNonQuery();
        }
    }
}
