using Fairlead.Server.Hosting;
using Microsoft.Data.Sqlite;

namespace Fairlead.Server.Events.Hooks;

/// <summary>The inbox on a SQLite file.</summary>
internal class SqliteInboxStore(ServerOptions options) : InboxStore
{
    private SqliteConnection? _connection;
    private SqliteCommand? _begin;
    private SqliteCommand? _insert;
    private SqliteCommand? _commit;

    /// <summary>A commit returns after the journal is on disk.</summary>
    protected virtual string Durability => "PRAGMA synchronous=FULL";

    public override Task<Receipt[]> Write(IReadOnlyList<PendingDelivery> batch, CancellationToken cancel)
    {
        try
        {
            Open();
            _begin!.ExecuteNonQuery();
            var receipts = new Receipt[batch.Count];
            for (var i = 0; i < batch.Count; i++)
                receipts[i] = Insert(batch[i]);
            _commit!.ExecuteNonQuery();
            return Task.FromResult(receipts);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private Receipt Insert(PendingDelivery delivery)
    {
        var values = _insert!.Parameters;
        values[0].Value = delivery.SourceId;
        values[1].Value = delivery.HeardBy.ToString();
        values[2].Value = delivery.Key;
        values[3].Value = delivery.ReceivedAt.ToUnixTimeMilliseconds();
        values[4].Value = delivery.Body;
        values[5].Value = delivery.ReopensOnRepeat ? 1 : 0;
        using var row = _insert.ExecuteReader();
        row.Read();
        return new Receipt(row.GetInt64(0), row.GetInt32(1));
    }

    private void Open()
    {
        if (_connection is not null)
            return;
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, Pooling = false }.ToString()
        );
        _connection.Open();
        // The timeout makes SQLite itself wait for another writer, in steps of milliseconds; the driver's own steps
        // are 150 ms.
        using (var setup = Command($"{Durability}; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON"))
            setup.ExecuteNonQuery();
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _insert = Command(Upsert("$p"));
        for (var i = 1; i <= 6; i++)
            _insert.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        _insert.Prepare();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 5;
        return command;
    }

    /// <summary>An open transaction is rolled back with its connection.</summary>
    private void Close()
    {
        _insert?.Dispose();
        _begin?.Dispose();
        _commit?.Dispose();
        _connection?.Dispose();
        _connection = null;
    }
}
