namespace Fairlead.Runner.Steps;

/// <summary>Why a job stops before its end.</summary>
internal enum StopReason
{
    None,

    /// <summary>A person, or a signal.</summary>
    Cancelled,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The server gave the build to another runner or forgot it: nobody waits for a result.</summary>
    Superseded,
}

/// <summary>Stops a job; the first reason is the one that counts.</summary>
internal sealed class JobStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _deadline;
    private int _reason;

    public JobStop(DateTimeOffset deadline, TimeProvider time)
    {
        var left = deadline - time.GetUtcNow();
        _deadline = time.CreateTimer(
            _ => Because(StopReason.TimedOut),
            null,
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan
        );
    }

    public CancellationToken Token => _source.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    public void Because(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
            _source.Cancel();
    }

    public void Dispose() => _deadline.Dispose();
}
