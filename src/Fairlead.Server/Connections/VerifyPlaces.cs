namespace Fairlead.Server.Connections;

/// <summary>
/// How many connections this server verifies at once. Each may mean a program and ten seconds of waiting, so a crowd of
/// people (or one with a loop) takes turns.
/// </summary>
internal sealed class VerifyPlaces : IDisposable
{
    /// <summary>Twice what the schedule takes for itself: people need not wait for it.</summary>
    public const int Count = 2 * VerifyService.AtATime;

    private readonly SemaphoreSlim _free = new(Count, Count);
    private int _waiting;

    /// <summary>How many wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits for a place; disposing of it gives it back.</summary>
    public async Task<IDisposable> Take(CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return new Place(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
