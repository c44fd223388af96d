using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fairlead.Server.Events.Hooks;

/// <summary>The inbox on a SQLite file; its statement is bound without the driver's boxes and names.</summary>
internal class SqliteInboxStore(ServerOptions options, WriteGate gate, Checkpoints checkpoints) : InboxStore
{
    private SqliteConnection? _connection;
    private sqlite3_stmt? _begin;
    private sqlite3_stmt? _insert;
    private sqlite3_stmt? _insertBody;
    private sqlite3_stmt? _commit;

    /// <summary>A commit returns after the journal is on disk.</summary>
    protected virtual string Durability => "PRAGMA synchronous=FULL";

    public override async Task<Receipt[]> Write(IReadOnlyList<PendingDelivery> batch, CancellationToken cancel)
    {
        try
        {
            var receipts = new Receipt[batch.Count];
            var bytes = 0;
            using (await gate.Enter(cancel))
            {
                Open();
                Run(_begin!);
                for (var i = 0; i < batch.Count; i++)
                {
                    receipts[i] = Insert(batch[i]);
                    bytes += batch[i].Body.Length;
                }
                Run(_commit!);
            }
            checkpoints.Wrote(bytes);
            return receipts;
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
        var row = _insert!;
        raw.sqlite3_bind_int64(row, 1, delivery.SourceId);
        raw.sqlite3_bind_text(row, 2, delivery.HeardBy.ToString());
        raw.sqlite3_bind_text(row, 3, delivery.Key);
        raw.sqlite3_bind_int64(row, 4, delivery.ReceivedAt.ToUnixTimeMilliseconds());
        Bind(row, 5, delivery.Event);
        raw.sqlite3_bind_int(row, 6, delivery.ReopensOnRepeat ? 1 : 0);
        Bind(row, 7, delivery.Recovered?.ToString());
        Expect(raw.SQLITE_ROW, raw.sqlite3_step(row));
        var receipt = new Receipt(raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_int(row, 1));
        Run(row);
        if (receipt.Repeats == 0)
            InsertBody(receipt.DeliveryId, delivery.Body);
        return receipt;
    }

    private static void Bind(sqlite3_stmt row, int index, string? text)
    {
        if (text is null)
            raw.sqlite3_bind_null(row, index);
        else
            raw.sqlite3_bind_text(row, index, text);
    }

    private void InsertBody(long id, byte[] body)
    {
        var row = _insertBody!;
        raw.sqlite3_bind_int64(row, 1, id);
        // A blob of no bytes is not NULL, which the driver would make of an empty span.
        if (body.Length == 0)
            raw.sqlite3_bind_zeroblob(row, 2, 0);
        else
            raw.sqlite3_bind_blob(row, 2, body);
        Run(row);
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
        using var setup = _connection.CreateCommand();
        setup.CommandText = $"{Durability}; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; {Checkpoints.LeftToUs}";
        setup.ExecuteNonQuery();
        _begin = Prepare("BEGIN IMMEDIATE");
        _insert = Prepare(Upsert("?"));
        _insertBody = Prepare("""INSERT INTO delivery_bodies ("DeliveryId", "Bytes") VALUES (?1, ?2)""");
        _commit = Prepare("COMMIT");
    }

    private sqlite3_stmt Prepare(string text)
    {
        Expect(raw.SQLITE_OK, raw.sqlite3_prepare_v2(_connection!.Handle, text, out var statement));
        return statement;
    }

    /// <summary>To its end, and ready for the next time.</summary>
    private void Run(sqlite3_stmt statement)
    {
        var ended = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Expect(raw.SQLITE_DONE, ended);
    }

    private void Expect(int expected, int result)
    {
        if (result != expected)
            throw new SqliteException(raw.sqlite3_errmsg(_connection!.Handle).utf8_to_string(), result);
    }

    /// <summary>An open transaction is rolled back with its connection.</summary>
    private void Close()
    {
        _insert?.Dispose();
        _insertBody?.Dispose();
        _begin?.Dispose();
        _commit?.Dispose();
        _connection?.Dispose();
        _connection = null;
    }
}
