using System.Threading.Channels;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// Brings deliveries to disk. All that come while a commit is under way share the next one; each waits until its own
/// commit is done, so an answer means it is stored.
/// </summary>
internal sealed class Inbox(InboxStore store, LedgerBell bell, ILogger<Inbox> log) : BackgroundService
{
    private const int MostInBatch = 256;
    private const int MostBytesInBatch = 8 * 1024 * 1024;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(4096) { SingleReader = true }
    );

    private sealed record Waiting(PendingDelivery Delivery, TaskCompletionSource<Outcome<Receipt>> Done);

    /// <summary>Completes after the commit. A full queue or a failing disk is <c>hook.not-stored</c>.</summary>
    public Task<Outcome<Receipt>> Store(PendingDelivery delivery)
    {
        var waiting = new Waiting(delivery, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting)
            ? waiting.Done.Task
            : Task.FromResult<Outcome<Receipt>>(EventFailures.NotStored);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var batch = new List<Waiting>(MostInBatch);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stop))
            {
                Fill(batch);
                await Write(batch);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _waiting.Writer.Complete();
            while (Fill(batch))
                await Write(batch);
        }
        await store.DisposeAsync();
    }

    private bool Fill(List<Waiting> batch)
    {
        batch.Clear();
        var bytes = 0;
        while (batch.Count < MostInBatch && bytes < MostBytesInBatch && _waiting.Reader.TryRead(out var next))
        {
            batch.Add(next);
            bytes += next.Delivery.Body.Length;
        }
        return batch.Count > 0;
    }

    /// <summary>A batch that fails is tried one by one, so that one bad delivery does not refuse the others.</summary>
    private async Task Write(IReadOnlyList<Waiting> batch)
    {
        try
        {
            var receipts = await store.Write([.. batch.Select(waiting => waiting.Delivery)], CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Done.SetResult(receipts[i]);
            bell.Ring();
        }
        catch (Exception error) when (batch.Count == 1)
        {
            log.LogError(error, "A delivery of source {Source} was not stored.", batch[0].Delivery.SourceId);
            batch[0].Done.SetResult(EventFailures.NotStored);
        }
        catch (Exception)
        {
            foreach (var waiting in batch)
                await Write([waiting]);
        }
    }
}
