using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// One turn for one source: reads the deliveries that wait and, when one of them or the schedule asks for it, the
/// refs at the host; then stores events, heads, builds and what became of each delivery in one transaction.
/// </summary>
internal sealed class SourceTurn(
    FairleadDb db,
    ReadDeliveries read,
    AskHost ask,
    FollowRepository follow,
    RecordTurn record,
    QuietLooks quiet,
    TimeProvider time
)
{
    /// <summary>Few enough that storing what became of them holds up nobody.</summary>
    private const int MostDeliveries = 128;

    private const int MostTries = 5;

    /// <summary>Returns whether more may be waiting.</summary>
    /// <remarks>
    /// Another server, or a delivery that came again meanwhile, makes the turn void (<see cref="SourceRow.Turn"/>,
    /// <see cref="DeliveryRow.Repeats"/>): nothing of it is stored and it is taken again with the new knowledge.
    /// </remarks>
    /// <param name="looked">A look that was taken for this turn, and what the host answered; null for none.</param>
    public async Task<bool> Run(long sourceId, Looked? looked, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(sourceId, looked, cancel);
            }
            catch (DbUpdateException lost)
                when (attempt < MostTries && (lost is DbUpdateConcurrencyException || lost.IsUniqueViolation()))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<bool> Once(long sourceId, Looked? looked, CancellationToken cancel)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(row => row.Id == sourceId, cancel) is not { } source)
            return false;
        var isRefused = await IsRefused(source, cancel);
        var mayAsk = !isRefused && (source.PollFailures == 0 || IsTime(source) || looked is not null);
        var waiting = await Waiting(sourceId, mayAsk, cancel);
        var readings = await read.Run(source, waiting, cancel);
        var claims = await Claims(source, waiting, readings, cancel);
        var looks = readings.Any(reading => reading is Reading.Look);
        var isDue = mayAsk && IsTime(source) && (source.Polling || waiting.Count > 0);
        var byWord = new Reckoning(await Heads(sourceId, claims.Select(claim => claim.Claim.Ref), cancel), claims);
        var turn = new Turn(source, waiting, readings, byWord);
        var mayLook =
            looked is not null
            || (
                isDue
                    ? await TakeLook(source, cancel)
                    : (looks || byWord.NeedsHost) && mayAsk && source.PollFailures == 0
            );
        if (mayLook)
            await RunWithHost(turn, claims, looked, cancel);
        else
            await record.Run(db, turn, cancel);
        return waiting.Count == MostDeliveries;
    }

    /// <summary>
    /// The heads are those of the source's turn: should another turn store newer ones, before the host is asked or
    /// after it, this one is void. A listing older than what is known would undo it.
    /// </summary>
    /// <param name="isAgain">What stood under a name that the repository no longer has was not believed.</param>
    private async Task RunWithHost(
        Turn turn,
        IReadOnlyList<PendingClaim> claims,
        Looked? looked,
        CancellationToken cancel,
        bool isAgain = false
    )
    {
        var source = turn.Source;
        var answer = looked?.Turn == source.Turn ? looked.Answer : await ask(source, null, cancel);
        var listing = await UnderNewName(source, answer, cancel);
        if (listing.Try(out var truth, out var failure))
        {
            var settled = new Reckoning(await Heads(source.Id, null, cancel), claims);
            settled.Settle(truth, source.PolledAt is null, source.RequestsListedAt is null);
            var told = turn with
            {
                Reckoning = settled,
                Listing = truth,
                SinceLook = time.GetUtcNow() - source.PolledAt,
            };
            // Before anything new is believed: a name may be somebody else's by now.
            var name = source.Repository;
            var another = IsNews(told) ? await follow.Check(source, cancel) : null;
            if (source.Repository != name)
            {
                if (!isAgain)
                {
                    await RunWithHost(turn, claims, null, cancel, isAgain: true);
                    return;
                }
                another = EventFailures.AnotherRepository(name);
            }
            if (another is not null)
            {
                await record.Run(db, turn with { Failure = another }, cancel);
                return;
            }
            if (IsQuiet(told))
                quiet.Add(source);
            else
                await record.Run(db, told, cancel);
            quiet.Remember(source, truth.Mark);
        }
        else
        {
            await record.Run(db, turn with { Failure = failure }, cancel);
        }
    }

    private static bool IsNews(Turn turn) => turn.Reckoning.Moves.Count > 0 || turn.Source.RepositoryId is null;

    /// <summary>Nothing was decided that another server would have to know of.</summary>
    private static bool IsQuiet(Turn turn) =>
        turn.Deliveries.Count + turn.Reckoning.Moves.Count + turn.Reckoning.Touched.Count == 0
        && turn.Listing is { Requests: null, RequestsFailure: null }
        && turn.Source is { PolledAt: not null, PollFailures: 0, RefusedRevision: null };

    /// <summary>A host that refuses may know the repository by another name.</summary>
    private async Task<Outcome<RefList>> UnderNewName(
        SourceRow source,
        Outcome<RefList> answer,
        CancellationToken cancel
    )
    {
        if (answer.Ok || answer.Failure.Retry == Retry.Later)
            return answer;
        var name = source.Repository;
        if (await follow.Check(source, cancel) is { } another)
            return another;
        return source.Repository == name ? answer : await ask(source, null, cancel);
    }

    /// <summary>The host refused the credential, and nobody has changed it or asked to try again.</summary>
    private async Task<bool> IsRefused(SourceRow source, CancellationToken cancel) =>
        source.RefusedRevision is { } refused && refused == await source.Revision(db, cancel);

    private bool IsTime(SourceRow source) =>
        source.NextPollAt <= time.GetUtcNow() || source.RefusedRevision is not null;

    /// <summary>Several servers share the looks that fall due: one of them takes it.</summary>
    private async Task<bool> TakeLook(SourceRow source, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + PollSchedule.Lease;
        return await db.Set<SourceRow>()
                .Where(row => row.Id == source.Id && row.NextPollAt == source.NextPollAt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextPollAt, until), cancel) == 1;
    }

    /// <summary>Those that wait for the host are left alone while it is not to be asked: there may be many.</summary>
    private Task<List<DeliveryRow>> Waiting(long sourceId, bool mayAsk, CancellationToken cancel) =>
        db.Set<DeliveryRow>()
            .AsNoTracking()
            .Include(row => row.Body)
            .Where(row =>
                row.SourceId == sourceId
                && (row.State == DeliveryState.Received || (mayAsk && row.State == DeliveryState.Waiting))
            )
            .OrderBy(row => row.Id)
            .Take(MostDeliveries)
            .ToListAsync(cancel);

    private async Task<List<PendingClaim>> Claims(
        SourceRow source,
        List<DeliveryRow> deliveries,
        IReadOnlyList<Reading> readings,
        CancellationToken cancel
    )
    {
        var (sourceId, mayBeLate) = (source.Id, source.MayHearLate(time.GetUtcNow()));
        var claims = deliveries
            .Zip(readings)
            .Where(pair => pair.Second is Reading.Says)
            .SelectMany(
                pair => ((Reading.Says)pair.Second).Claims,
                (pair, claim) => (Delivery: pair.First, Claim: claim)
            )
            .ToList();
        var keys = claims.Select(pair => pair.Claim.Key).ToList();
        var told = await db.Set<EventRow>()
            .Where(row => row.SourceId == sourceId && keys.Contains(row.Key))
            .Select(row => row.Key)
            .ToListAsync(cancel);
        var known = await KnownBefore(sourceId, claims.ConvertAll(pair => pair.Claim), cancel);
        var untold = await Untold(sourceId, claims.ConvertAll(pair => pair.Claim), cancel);
        return claims.ConvertAll(pair => new PendingClaim(
            pair.Delivery.Id,
            pair.Claim,
            IsFresh: !told.Contains(pair.Claim.Key) && !(pair.Claim.IsCreation && known.Contains(pair.Claim.Ref.Full))
        )
        {
            IsFirstWord = untold.Contains(pair.Claim.Ref.Full),
            MayBeLate = mayBeLate,
        });
    }

    /// <summary>Of the claims' refs, the known ones that no event tells of: one probe of an index each.</summary>
    private Task<List<string>> Untold(long sourceId, IEnumerable<Claim> claims, CancellationToken cancel)
    {
        var refs = claims.Select(claim => claim.Ref.Full).Distinct().ToList();
        return db.Set<RefHeadRow>()
            .Where(head => head.SourceId == sourceId && refs.Contains(head.Ref))
            .Where(head => !db.Set<EventRow>().Any(row => row.SourceId == sourceId && row.Ref == head.Ref))
            .Select(head => head.Ref)
            .ToListAsync(cancel);
    }

    /// <summary>Of the refs that are said to be new, those the ledger has seen come and go.</summary>
    private async Task<List<string>> KnownBefore(long sourceId, IEnumerable<Claim> claims, CancellationToken cancel)
    {
        var made = claims.Where(claim => claim.IsCreation).Select(claim => claim.Ref.Full).Distinct().ToList();
        return made.Count == 0
            ? []
            : await db.Set<EventRow>()
                .Where(row => row.SourceId == sourceId && row.After == null && made.Contains(row.Ref))
                .Select(row => row.Ref)
                .Distinct()
                .ToListAsync(cancel);
    }

    private async Task<Dictionary<GitRef, CommitSha>> Heads(
        long sourceId,
        IEnumerable<GitRef>? only,
        CancellationToken cancel
    )
    {
        var names = only?.Select(name => name.Full).Distinct().ToList();
        var rows = await db.Set<RefHeadRow>()
            .AsNoTracking()
            .Where(row => row.SourceId == sourceId && (names == null || names.Contains(row.Ref)))
            .ToListAsync(cancel);
        var heads = new Dictionary<GitRef, CommitSha>(rows.Count);
        foreach (var row in rows)
            if (GitRef.TryParse(row.Ref, out var name))
                heads[name] = CommitSha.Parse(row.Commit);
        return heads;
    }
}

/// <summary>What one turn knows and found.</summary>
/// <param name="Readings">One for each of the deliveries, in their order.</param>
internal sealed record Turn(
    SourceRow Source,
    IReadOnlyList<DeliveryRow> Deliveries,
    IReadOnlyList<Reading> Readings,
    Reckoning Reckoning
)
{
    /// <summary>What the host answered; null where it was not asked, or gave no answer.</summary>
    public RefList? Listing { get; init; }

    public bool Looked => Listing is not null;

    /// <summary>How long nobody had looked; null before the first look.</summary>
    public TimeSpan? SinceLook { get; init; }

    /// <summary>The host was asked and this is why it gave no answer.</summary>
    public Failure? Failure { get; init; }
}
