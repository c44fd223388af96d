using System.Collections.Concurrent;

namespace Fairlead.Server.Builds;

/// <summary>Tells those who follow a build that its log or state has changed.</summary>
internal sealed class BuildSignals(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, QueueSignal> _signals = new();

    public Task Next(long build) => _signals.GetOrAdd(build, _ => new QueueSignal(time)).Next;

    public void Pulse(long build)
    {
        if (_signals.TryRemove(build, out var signal))
            signal.Pulse();
    }
}
