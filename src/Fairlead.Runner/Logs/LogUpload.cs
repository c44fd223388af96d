using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Logs;

/// <summary>
/// Carries a log's queued lines to the server: after a quarter of a second or 64 KiB, whichever comes first. A server
/// that is away is waited for; the upload goes on from wherever the server says its log ends.
/// </summary>
internal sealed class LogUpload
{
    private const int Piece = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly JobLog _log;
    private readonly JobClient _server;
    private readonly int _attempt;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;

    public LogUpload(JobLog log, JobClient server, int attempt, TimeProvider time)
    {
        (_log, _server, _attempt, _time) = (log, server, attempt, time);
        log.OnQueued = Wake;
        _loop = Task.Run(Run);
    }

    /// <summary>Ends when the server has every line, refuses them, or is away for longer than anyone waits.</summary>
    public async Task Finish(CancellationToken cancel)
    {
        await _closing.CancelAsync();
        Wake();
        await _loop.WaitAsync(cancel);
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task Run()
    {
        // A log may already have lines of an earlier attempt: ask where it ends before saying where ours begin.
        var known = await _server.Log(_attempt, 0, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        if (!known.Ok)
            return;
        _log.Queue.Begin(known.Value.Length);
        while (!_closing.IsCancellationRequested || _log.Queue.Size > 0)
        {
            await Gather();
            if (_log.Queue.Size > 0 && _log.Queue.Peek(Piece) is var (start, bytes) && !await Send(start, bytes))
                return;
        }
    }

    private async Task<bool> Send(long start, ReadOnlyMemory<byte> bytes)
    {
        var outcome = await _server.Log(_attempt, start, bytes, CancellationToken.None);
        if (outcome.Ok)
            _log.Queue.Acknowledge(outcome.Value.Length);
        return outcome.Ok;
    }

    private async Task Gather()
    {
        try
        {
            if (_log.Queue.Size == 0)
                await _news.WaitAsync(_closing.Token);
            if (_log.Queue.Size < Piece)
                await Task.Delay(Pause, _time, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            // Closing: whatever there is goes out now.
        }
    }
}
