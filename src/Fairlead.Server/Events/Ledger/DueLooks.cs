using Fairlead.Core.Events;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// Takes looks that the schedule asks for, many in one statement. Several servers share them: one is taken by moving
/// its time on, to a moment that nobody else would choose.
/// </summary>
internal sealed class DueLooks(FairleadDb db, WriteGate gate, TimeProvider time)
{
    /// <summary>At most so many, those that are due for longest first.</summary>
    /// <param name="isBusy">Whether a source is being looked at already: it is left alone.</param>
    public async Task<IReadOnlyList<SourceRow>> Take(int most, Func<long, bool> isBusy, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var due = await db.Set<SourceRow>()
            .AsNoTracking()
            .Where(source => source.Polling && source.RefusedRevision == null && source.NextPollAt <= now)
            .OrderBy(source => source.NextPollAt)
            .Take(most)
            .ToListAsync(cancel);
        due.RemoveAll(source => isBusy(source.Id));
        if (due.Count == 0)
            return due;
        var ids = due.ConvertAll(source => source.Id);
        var until = now + PollSchedule.Lease + TimeSpan.FromMilliseconds(Random.Shared.Next(60_000));
        using (await gate.Enter(cancel))
            if (await Claim(ids, now, until, cancel) == due.Count)
                return due;
        var mine = await db.Set<SourceRow>()
            .Where(source => ids.Contains(source.Id) && source.NextPollAt == until)
            .Select(source => source.Id)
            .ToListAsync(cancel);
        return due.FindAll(source => mine.Contains(source.Id));
    }

    private Task<int> Claim(List<long> ids, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        db.Set<SourceRow>()
            .Where(source => ids.Contains(source.Id) && source.NextPollAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(source => source.NextPollAt, until), cancel);
}
