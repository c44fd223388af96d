using System.Diagnostics;
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
    private const int MostInHand = 32;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(4096) { SingleReader = true }
    );

    private TimeSpan _lastCommit;

    private sealed record Waiting(PendingDelivery Delivery, TaskCompletionSource<Outcome<Receipt>> Done);

    /// <summary>Completes after the commit. A full queue or a failing disk is <c>hook.not-stored</c>.</summary>
    public Task<Outcome<Receipt>> Store(PendingDelivery delivery)
    {
        var waiting = new Waiting(delivery, new());
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
                await WriteNext(batch);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _waiting.Writer.Complete();
            while (_waiting.Reader.TryPeek(out _))
                await WriteNext(batch);
        }
        await store.DisposeAsync();
    }

    /// <summary>
    /// Who was answered together sends again together: a batch that starts smaller than the last was lets requests
    /// under way join, for a fraction of a commit's time, instead of having them wait for a whole commit.
    /// </summary>
    private async Task WriteNext(List<Waiting> batch)
    {
        var (last, start) = (batch.Count, Stopwatch.GetTimestamp());
        batch.Clear();
        var bytes = Fill(batch, 0);
        while (batch.Count < last && Stopwatch.GetElapsedTime(start) < _lastCommit / 4)
        {
            await Task.Yield();
            bytes = Fill(batch, bytes);
        }
        start = Stopwatch.GetTimestamp();
        await Write(batch);
        _lastCommit = Stopwatch.GetElapsedTime(start);
    }

    private int Fill(List<Waiting> batch, int bytes)
    {
        while (batch.Count < MostInBatch && bytes < MostBytesInBatch && _waiting.Reader.TryRead(out var next))
        {
            batch.Add(next);
            bytes += next.Delivery.Body.Length;
        }
        return bytes;
    }

    /// <summary>A batch that fails is tried one by one, so that one bad delivery does not refuse the others.</summary>
    private async Task Write(IReadOnlyList<Waiting> batch)
    {
        try
        {
            var receipts = await store.Write([.. batch.Select(waiting => waiting.Delivery)], CancellationToken.None);
            for (var i = 0; i < batch.Count; i += MostInHand)
                Answer([.. batch.Skip(i).Take(MostInHand)], receipts.AsMemory(i));
            bell.Ring();
        }
        catch (Exception error) when (batch.Count == 1)
        {
            log.LogError(error, "A delivery of source {Source} was not stored.", batch[0].Delivery.SourceId);
            ThreadPool.UnsafeQueueUserWorkItem(_ => batch[0].Done.SetResult(EventFailures.NotStored), null);
        }
        catch (Exception)
        {
            foreach (var waiting in batch)
                await Write([waiting]);
        }
    }

    /// <summary>Answered one after the other by one thread of the pool: waking one for each costs more.</summary>
    private static void Answer(Waiting[] batch, ReadOnlyMemory<Receipt> receipts) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                for (var i = 0; i < batch.Length; i++)
                    batch[i].Done.SetResult(receipts.Span[i]);
            },
            null
        );
}
