using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>Keeps what a host tells of its open requests: those it does not name any more are closed.</summary>
internal static class StoreRequests
{
    /// <summary>In the transaction of the turn, before its events act.</summary>
    /// <returns>The refs of those that go to another branch than they did.</returns>
    public static async Task<IReadOnlyList<string>> Run(
        FairleadDb db,
        SourceRow source,
        RefList listing,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        source.RequestsFailure = listing.RequestsFailure?.Sentence;
        if (listing.Requests is not { } requests)
            return [];
        source.RequestsListedAt ??= now;
        var told = requests.ToDictionary(request => GitRef.Request(request.Number)!.Full);
        var known = await db.Set<RequestRow>()
            .Where(row => row.SourceId == source.Id && (row.IsOpen || told.Keys.Contains(row.Ref)))
            .ToDictionaryAsync(row => row.Ref, cancel);
        foreach (var closed in known.Values.Where(row => !told.ContainsKey(row.Ref)))
            closed.IsOpen = false;
        var moved = new List<string>();
        foreach (var (name, request) in told)
        {
            if (!known.TryGetValue(name, out var row))
                db.Add(row = new RequestRow { SourceId = source.Id, Ref = name });
            else if (row.Target != request.Target)
                moved.Add(name);
            row.Take(request);
        }
        return moved;
    }
}
