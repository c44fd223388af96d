namespace Fairlead.Server.Data;

/// <summary>
/// SQLite has one writer at a time and lets the others wait in growing naps. The busiest of this server's writers
/// stand in line here instead, so the next one starts when the one before it is done. Taken before the transaction.
/// </summary>
internal sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Whether writers have to stand in line: not where the database lets many write.</summary>
    public bool IsNeeded { get; init; } = true;

    public async ValueTask<Pass> Enter(CancellationToken cancel)
    {
        if (!IsNeeded)
            return default;
        await _one.WaitAsync(cancel);
        return new Pass(_one);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Lets the next one in when it is disposed.</summary>
    internal readonly struct Pass(SemaphoreSlim? taken) : IDisposable
    {
        public void Dispose() => taken?.Release();
    }
}
