using System.Collections.Concurrent;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Keeps what hosts listed for some minutes, so that typing a search costs no request. All who ask at the same time
/// share one reading. Kept by connection and revision: a new credential sees its own list.
/// </summary>
internal sealed class RepositoryLists(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<(long Connection, int Revision), Kept> _kept = new();

    private sealed record Kept(long At, Task<Outcome<IReadOnlyList<HostedRepository>>> List);

    /// <summary>The list that is there, or is being read for anybody.</summary>
    public Task<Outcome<IReadOnlyList<HostedRepository>>> Of(Bound bound, IListRepositories host, bool fresh)
    {
        var key = (bound.Connection.Id, bound.Connection.Revision);
        if (!fresh && _kept.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < Lifetime)
            return kept.List;
        Forget();
        // Not the caller's cancellation: others may be waiting for the same list.
        var mine = new Kept(time.GetTimestamp(), host.ListRepositories(bound.Target, CancellationToken.None));
        _kept[key] = mine;
        return ForgetFailure(key, mine);
    }

    /// <summary>Whoever asked for it may have left by then, so the list sees to it itself.</summary>
    private async Task<Outcome<IReadOnlyList<HostedRepository>>> ForgetFailure((long, int) key, Kept mine)
    {
        var read = false;
        try
        {
            var outcome = await mine.List;
            read = outcome.Ok;
            return outcome;
        }
        finally
        {
            if (!read)
                _kept.TryRemove(KeyValuePair.Create(key, mine));
        }
    }

    private void Forget()
    {
        foreach (var (key, kept) in _kept)
            if (_kept.Count >= MostKept || time.GetElapsedTime(kept.At) >= Lifetime)
                _kept.TryRemove(key, out _);
    }
}
