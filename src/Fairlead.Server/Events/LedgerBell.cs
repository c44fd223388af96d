namespace Fairlead.Server.Events;

/// <summary>Wakes the ledger. Ringing twice before it wakes is ringing once.</summary>
internal sealed class LedgerBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _ringing;

    public void Ring()
    {
        if (Interlocked.Exchange(ref _ringing, 1) == 0)
            _rung.Release();
    }

    /// <summary>Returns when the bell was rung since the last call, or after <paramref name="longest"/>.</summary>
    /// <returns>Whether it was rung.</returns>
    public async Task<bool> Wait(TimeSpan longest, CancellationToken cancel)
    {
        if (!await _rung.WaitAsync(longest, cancel))
            return false;
        Volatile.Write(ref _ringing, 0);
        return true;
    }

    public void Dispose() => _rung.Dispose();
}
