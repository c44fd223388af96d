using Npgsql;
using NpgsqlTypes;

namespace Fairlead.Server.Events.Hooks;

/// <summary>The inbox on PostgreSQL: a batch is one round trip and one transaction.</summary>
internal sealed class PostgresInboxStore(string connectionString) : InboxStore
{
    private NpgsqlConnection? _connection;

    public override async Task<Receipt[]> Write(IReadOnlyList<PendingDelivery> batch, CancellationToken cancel)
    {
        try
        {
            var connection = await Open(cancel);
            await using var commands = new NpgsqlBatch(connection);
            // Several servers write the same keys in the same order, so they wait for each other and never in a ring.
            var order = Enumerable.Range(0, batch.Count).OrderBy(i => (batch[i].SourceId, batch[i].Key)).ToArray();
            foreach (var i in order)
                commands.BatchCommands.Add(Insert(batch[i]));
            var receipts = new Receipt[batch.Count];
            await using (var rows = await commands.ExecuteReaderAsync(cancel))
                foreach (var i in order)
                {
                    await rows.ReadAsync(cancel);
                    receipts[i] = new Receipt(rows.GetInt64(0), rows.GetInt32(1));
                    await rows.NextResultAsync(cancel);
                }
            return receipts;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        if (_connection is not null)
            return _connection;
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 1,
            CommandTimeout = 10,
            Timeout = 5,
        };
        _connection = new NpgsqlConnection(settings.ToString());
        await _connection.OpenAsync(cancel);
        await using var durable = new NpgsqlCommand("SET synchronous_commit TO on", _connection);
        await durable.ExecuteNonQueryAsync(cancel);
        return _connection;
    }

    private static readonly string Text = $"""
        WITH stored AS ({Upsert("$")}), body AS (
          INSERT INTO delivery_bodies ("DeliveryId", "Bytes") SELECT "Id", $8 FROM stored WHERE "Repeats" = 0
        )
        SELECT "Id", "Repeats" FROM stored
        """;

    private static NpgsqlBatchCommand Insert(PendingDelivery delivery) =>
        new(Text)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = delivery.SourceId },
                new NpgsqlParameter<string> { TypedValue = delivery.HeardBy.ToString() },
                new NpgsqlParameter<string> { TypedValue = delivery.Key },
                new NpgsqlParameter<long> { TypedValue = delivery.ReceivedAt.ToUnixTimeMilliseconds() },
                Optional(delivery.Event),
                new NpgsqlParameter<int> { TypedValue = delivery.ReopensOnRepeat ? 1 : 0 },
                Optional(delivery.Recovered?.ToString()),
                new NpgsqlParameter { Value = delivery.Body, NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };

    private static NpgsqlParameter Optional(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
