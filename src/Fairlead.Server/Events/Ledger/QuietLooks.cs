using System.Collections.Concurrent;
using Fairlead.Core.Events;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// Most looks find nothing new: the host answers to the letter what it answered before. Such a look reads and writes no
/// refs and makes no turn; what is left to note, that and when somebody looked, is noted for many at once.
/// </summary>
internal sealed class QuietLooks(WriteGate gate, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, (long Turn, string Mark)> _answers = new();
    private readonly ConcurrentQueue<SourceRow> _quiet = new();

    /// <summary>
    /// The mark of the answer that the ledger agrees with as it stands; null when there is none, or something was
    /// decided since (<see cref="SourceRow.Turn"/>), or the last look failed.
    /// </summary>
    public string? Known(SourceRow source) =>
        source is { PolledAt: not null, PollFailures: 0, RefusedRevision: null }
        && _answers.TryGetValue(source.Id, out var answer)
        && answer.Turn == source.Turn
            ? answer.Mark
            : null;

    /// <summary>After a turn that took an answer for the truth.</summary>
    public void Remember(SourceRow source, string? mark)
    {
        if (mark is not null)
            _answers[source.Id] = (source.Turn, mark);
        else
            _answers.TryRemove(source.Id, out _);
    }

    /// <summary>A look found nothing new.</summary>
    public void Add(SourceRow source) => _quiet.Enqueue(source);

    /// <summary>Notes those that were added: one statement for all that are looked at equally often.</summary>
    public async Task Store(FairleadDb db, CancellationToken cancel)
    {
        var quiet = new List<SourceRow>();
        while (_quiet.TryDequeue(out var source))
            quiet.Add(source);
        if (quiet.Count == 0)
            return;
        var now = time.GetUtcNow();
        using var pass = await gate.Enter(cancel);
        foreach (var alike in quiet.GroupBy(source => RecordTurn.EarsOf(source, now)))
        {
            var ids = alike.Select(source => source.Id).ToList();
            var next = now + PollSchedule.Next(0, alike.Key, Random.Shared.NextDouble());
            await db.Set<SourceRow>()
                .Where(row => ids.Contains(row.Id))
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.NextPollAt, next)
                            .SetProperty(row => row.PolledAt, now)
                            .SetProperty(row => row.Looks, row => row.Looks + 1)
                            .SetProperty(row => row.LooksUnchanged, row => row.LooksUnchanged + 1),
                    cancel
                );
        }
    }
}
