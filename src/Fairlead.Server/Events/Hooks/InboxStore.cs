namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// The inbox's own connection to the database, past the object mapper: one transaction for a batch, prepared once.
/// Used by one caller at a time.
/// </summary>
internal abstract class InboxStore : IAsyncDisposable
{
    /// <summary>
    /// One row, or one more repeat of the row that is there. The state goes back to received only where asked.
    /// </summary>
    protected static string Upsert(string parameterMark) =>
        $"""
            INSERT INTO deliveries
              ("SourceId", "HeardBy", "Key", "State", "ReceivedAt", "Event", "Recovered", "Repeats")
            VALUES
              ({parameterMark}1, {parameterMark}2, {parameterMark}3, 'Received', {parameterMark}4, {parameterMark}5,
               {parameterMark}7, 0)
            ON CONFLICT ("SourceId", "Key") DO UPDATE SET
              "Repeats" = deliveries."Repeats" + 1,
              "State" = CASE WHEN {parameterMark}6 = 1 THEN 'Received' ELSE deliveries."State" END
            RETURNING "Id", "Repeats"
            """;

    /// <summary>
    /// Returns after the commit, that is: after the disk has it. All or nothing.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored; the connection is opened anew next
    /// time.</exception>
    public abstract Task<Receipt[]> Write(IReadOnlyList<PendingDelivery> batch, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
