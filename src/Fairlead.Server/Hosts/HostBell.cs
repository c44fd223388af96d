using Fairlead.Server.Builds;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Wakes who keeps hooks, after something was bound, unbound or given another credential or secret. It only shortens
/// waiting: what other servers did is found by looking again after a while.
/// </summary>
internal sealed class HostBell(TimeProvider time)
{
    private readonly QueueSignal _signal = new(time);

    public void Ring() => _signal.Pulse();

    /// <summary>The next ring, to be taken before looking so that none is missed in between.</summary>
    public Task Next => _signal.Next;

    public Task Wait(Task ring, TimeSpan longest, CancellationToken cancel) => _signal.Wait(ring, longest, cancel);
}
