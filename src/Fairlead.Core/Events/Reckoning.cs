using Fairlead.Core.Sources;

namespace Fairlead.Core.Events;

/// <summary>A claim as it waits in the ledger; one delivery may make several.</summary>
/// <param name="IsFresh">
/// No event tells of this change yet, nor, if it makes a ref, of an earlier one of that name: only then is its word
/// enough. Otherwise it may be a replay, and the host is asked.
/// </param>
public sealed record PendingClaim(long DeliveryId, Claim Claim, bool IsFresh)
{
    /// <summary>
    /// The ref is known and no event tells of it: where it stands was taken for the beginning of history by a first
    /// look, which may have come between a push and its delivery. Then the claim is news although the commit is known.
    /// </summary>
    public bool IsFirstWord { get; init; }

    /// <summary>
    /// Changes were missed lately, so this may be late word of one: a branch that it says is new may be gone again.
    /// </summary>
    public bool MayBeLate { get; init; }
}

/// <summary>
/// The ledger's arithmetic: from what is known of one repository's refs and what is claimed, which changes happened.
/// Pure. A claim acts on its own word only when it is fresh, of a branch, and continues exactly what is known; in any
/// other case the host's own listing decides. See docs/adr/0008-one-change-acts-once.md.
/// </summary>
public sealed class Reckoning
{
    private readonly Dictionary<GitRef, CommitSha> _heads;
    private readonly List<PendingClaim> _open = [];
    private readonly List<Move> _moves = [];
    private readonly HashSet<GitRef> _touched = [];
    private readonly Dictionary<PendingClaim, ClaimState> _states = [];

    /// <param name="heads">The commit each ref is known to have; a ref that is absent is not known.</param>
    public Reckoning(IReadOnlyDictionary<GitRef, CommitSha> heads, IEnumerable<PendingClaim> claims)
    {
        _heads = new Dictionary<GitRef, CommitSha>(heads);
        _open.AddRange(claims);
        TakeWord();
    }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Move> Moves => _moves;

    /// <summary>What is known after the moves.</summary>
    public IReadOnlyDictionary<GitRef, CommitSha> Heads => _heads;

    /// <summary>The refs whose head is another than before.</summary>
    public IReadOnlySet<GitRef> Touched => _touched;

    /// <summary>
    /// By delivery: <see cref="ClaimState.AskHost"/> while one of its claims is open, else the most that became of one.
    /// </summary>
    public IReadOnlyDictionary<long, ClaimState> States { get; private set; } = null!;

    public bool NeedsHost => _open.Count > 0;

    /// <summary>
    /// Takes the host's listing for the truth. It must have been asked for after the heads were read.
    /// </summary>
    /// <param name="isFirst">
    /// Nothing was known of this repository before: what stands there is where history begins, not news, except for
    /// refs that a claim says have moved.
    /// </param>
    /// <param name="requestsAreFirst">The same of its requests.</param>
    public void Settle(RefList listing, bool isFirst, bool requestsAreFirst = false)
    {
        var truth = listing.All.ToDictionary(head => head.Ref, head => head.Commit);
        var claims = _open.ToLookup(open => open.Claim.Ref);
        foreach (var gone in _heads.Keys.Where(known => !truth.ContainsKey(known) && listing.Tells(known)).ToList())
            Go(gone, null, claims[gone].LastOrDefault());
        foreach (var (name, commit) in truth)
            if (!_heads.TryGetValue(name, out var known) || known != commit)
                Arrive(name, commit, claims[name], name.Kind == RefKind.Request ? requestsAreFirst : isFirst);
        foreach (var open in _open)
        {
            if (!listing.Tells(open.Claim.Ref))
            {
                _states[open] = ClaimState.Untold;
                continue;
            }
            if (IsNews(open) && !open.Claim.After.IsZero && truth.TryGetValue(open.Claim.Ref, out var commit))
                Tell(open, commit);
            _states[open] = Judge(open, truth);
        }
        _open.Clear();
        States = ByDelivery();
    }

    /// <summary>
    /// Claims may have overtaken each other on their way, so each may open the way for one seen before it.
    /// </summary>
    private void TakeWord()
    {
        while (_open.FirstOrDefault(IsSettledByWord) is { } next)
        {
            _open.Remove(next);
            if (IsKnown(next.Claim) && IsNews(next))
                Tell(next, next.Claim.After);
            else if (IsKnown(next.Claim))
                _states[next] = ClaimState.Known;
            else
                Go(next.Claim.Ref, Existing(next.Claim.After), next);
        }
        foreach (var open in _open)
            _states[open] = ClaimState.AskHost;
        States = ByDelivery();
    }

    private Dictionary<long, ClaimState> ByDelivery() =>
        _states
            .GroupBy(pair => pair.Key.DeliveryId, pair => pair.Value)
            .ToDictionary(states => states.Key, states => states.MinBy(Weight));

    private bool IsSettledByWord(PendingClaim pending) =>
        pending.Claim is var claim
        && (
            IsKnown(claim)
            || (
                pending.IsFresh
                && claim.Ref.Kind == RefKind.Branch
                && !(claim.IsCreation && pending.MayBeLate)
                && Continues(claim)
                && !HasActed(claim)
            )
        );

    private bool IsKnown(Claim claim) => _heads.TryGetValue(claim.Ref, out var known) && known == claim.After;

    private bool Continues(Claim claim) =>
        claim.Before is { } before
        && (_heads.TryGetValue(claim.Ref, out var known) ? known == before : before.IsZero && !claim.After.IsZero)
        && before != claim.After;

    /// <summary>The same body may be among the claims more than once, each as a delivery of its own.</summary>
    private bool HasActed(Claim claim) =>
        _moves.Exists(move =>
            move.Ref == claim.Ref
            && (claim.IsCreation || (move.Before, move.After) == (claim.Before, Existing(claim.After)))
        );

    private void Arrive(GitRef name, CommitSha commit, IEnumerable<PendingClaim> claims, bool isFirst)
    {
        var told = claims.LastOrDefault(open => open.Claim.After == commit) ?? claims.LastOrDefault();
        if (isFirst && told is null && !_heads.ContainsKey(name))
            Know(name, commit);
        else
            Go(name, commit, told);
    }

    private void Go(GitRef name, CommitSha? after, PendingClaim? told)
    {
        CommitSha? before = _heads.TryGetValue(name, out var known) ? known : Existing(told?.Claim.Before);
        _moves.Add(new Move(name, before == after ? null : before, after, told?.DeliveryId));
        Know(name, after);
        if (told is not null)
            _states[told] = ClaimState.Moved;
    }

    private bool IsNews(PendingClaim pending) =>
        pending is { IsFirstWord: true, IsFresh: true } && !_moves.Exists(move => move.Ref == pending.Claim.Ref);

    /// <summary>A change that is known and was not told of.</summary>
    private void Tell(PendingClaim first, CommitSha commit)
    {
        var before = Existing(first.Claim.Before);
        _moves.Add(new Move(first.Claim.Ref, before == commit ? null : before, commit, first.DeliveryId));
        _states[first] = ClaimState.Moved;
    }

    private void Know(GitRef name, CommitSha? commit)
    {
        _touched.Add(name);
        if (commit is { } there)
            _heads[name] = there;
        else
            _heads.Remove(name);
    }

    private ClaimState Judge(PendingClaim open, Dictionary<GitRef, CommitSha> truth)
    {
        if (_states[open] == ClaimState.Moved)
            return ClaimState.Moved;
        var agrees = truth.TryGetValue(open.Claim.Ref, out var commit)
            ? commit == open.Claim.After
            : open.Claim.After.IsZero;
        return agrees ? ClaimState.Known : ClaimState.Superseded;
    }

    private static int Weight(ClaimState state) =>
        state switch
        {
            ClaimState.AskHost => 0,
            ClaimState.Moved => 1,
            ClaimState.Known => 2,
            _ => 3,
        };

    private static CommitSha? Existing(CommitSha? commit) => commit is { IsZero: false } ? commit : null;
}
