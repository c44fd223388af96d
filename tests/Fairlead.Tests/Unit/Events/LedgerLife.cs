using Fairlead.Core.Events;
using Fairlead.Core.Sources;

namespace Fairlead.Tests.Unit.Events;

/// <summary>
/// A ledger that hears of a host's life by hooks and looks, and leaves what happened to <see cref="Reckoning"/>; it
/// keeps what a database would.
/// </summary>
internal sealed class LedgerLife(HostLife host)
{
    private readonly HashSet<string> _keys = [];
    private readonly List<(long Id, Claim Claim)> _inbox = [];
    private Dictionary<GitRef, CommitSha> _heads = host.Listing.Heads.ToDictionary(
        head => head.Ref,
        head => head.Commit
    );
    private long _deliveries;

    /// <summary>False while the host cannot be asked.</summary>
    public bool HostAnswers { get; set; } = true;

    /// <summary>A mistake to be caught: nothing is remembered of what has acted.</summary>
    public bool ForgetsKeys { get; init; }

    /// <summary>A mistake to be caught: a claim is taken to continue what is known.</summary>
    public bool BelievesAll { get; init; }

    /// <summary>What acted, in its order, and whether a claim's word was enough for it.</summary>
    public List<(Move Move, bool ByWord)> Acts { get; } = [];

    public IReadOnlyDictionary<GitRef, CommitSha> Heads => _heads;

    public CommitSha? Known(GitRef name) => _heads.TryGetValue(name, out var commit) ? commit : null;

    /// <summary>A hook came, for the first time or again: each is a delivery of its own.</summary>
    public void Hear(Claim claim) => _inbox.Add((++_deliveries, claim));

    /// <param name="look">The schedule, or a person, asks for one.</param>
    public void Turn(bool look)
    {
        var claims = _inbox.ConvertAll(heard => new PendingClaim(heard.Id, Read(heard.Claim), IsFresh(heard.Claim)));
        var reckoning = new Reckoning(_heads, claims);
        var byWord = reckoning.Moves.Count;
        if (HostAnswers && (look || reckoning.NeedsHost))
            reckoning.Settle(host.Listing, isFirst: false);
        foreach (var (at, move) in reckoning.Moves.Index())
        {
            var earlier = Acts.Count(act => (act.Move with { DeliveryId = move.DeliveryId }) == move);
            Assert.True(_keys.Add(Move.Key(move.Ref.Full, move.Before?.Value, move.After?.Value, earlier)), "One key.");
            Acts.Add((move, at < byWord));
        }
        _heads = new Dictionary<GitRef, CommitSha>(reckoning.Heads);
        _inbox.RemoveAll(heard => reckoning.States[heard.Id] != ClaimState.AskHost);
    }

    private Claim Read(Claim claim) =>
        BelievesAll ? claim with { Before = Known(claim.Ref) ?? CommitSha.Parse(new string('0', 40)) } : claim;

    private bool IsFresh(Claim claim) =>
        ForgetsKeys
        || (
            !_keys.Contains(claim.Key)
            && !(claim.IsCreation && Acts.Exists(act => act.Move.After is null && act.Move.Ref == claim.Ref))
        );
}
