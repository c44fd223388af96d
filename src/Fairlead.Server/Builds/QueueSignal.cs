namespace Fairlead.Server.Builds;

/// <summary>
/// Wakes whoever waits for work in this process. It only shortens waiting: other servers, and a pulse that came before
/// its transaction was committed, are covered by looking again after a while.
/// </summary>
internal sealed class QueueSignal(TimeProvider time)
{
    private TaskCompletionSource _next = New();

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>The next pulse, to be taken before looking so that none is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public static async Task Either(Task pulse, TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(pulse, Task.Delay(most, time, stop.Token));
        await stop.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    public Task Wait(Task pulse, TimeSpan most, CancellationToken cancel) => Either(pulse, most, time, cancel);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
