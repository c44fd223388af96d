using Fairlead.Core.Events;
using Fairlead.Core.Sources;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Unit.Events;

public sealed class ReckoningTests
{
    private static readonly GitRef Main = GitRef.Branch("main")!;
    private static readonly CommitSha A = CommitSha.Parse(Commits.Number(1));
    private static readonly CommitSha B = CommitSha.Parse(Commits.Number(2));
    private static readonly CommitSha C = CommitSha.Parse(Commits.Number(3));
    private static readonly CommitSha None = CommitSha.Parse(Commits.None);

    [Fact]
    public void A_fresh_claim_that_continues_what_is_known_acts_on_its_word()
    {
        var reckoning = At(A, Says(1, A, B));
        Assert.Equal([(A, B)], Moves(reckoning));
        Assert.False(reckoning.NeedsHost);
    }

    [Fact]
    public void Claims_that_overtook_each_other_act_in_the_order_in_which_they_happened()
    {
        var reckoning = At(A, Says(1, B, C), Says(2, A, B));
        Assert.Equal([(A, B), (B, C)], Moves(reckoning));
    }

    [Fact]
    public void What_is_known_already_does_nothing()
    {
        var reckoning = At(B, Says(1, A, B));
        Assert.Empty(reckoning.Moves);
        Assert.Equal(ClaimState.Known, reckoning.States[1]);
    }

    /// <summary>A first look may come between a push and its delivery, and takes the push for history.</summary>
    [Fact]
    public void The_first_word_about_a_ref_acts_although_a_look_knows_its_commit()
    {
        var reckoning = At(B, Says(1, A, B) with { IsFirstWord = true });
        Assert.Equal([(A, B)], Moves(reckoning));
        Assert.Equal(ClaimState.Moved, reckoning.States[1]);
        Assert.Empty(reckoning.Touched);
    }

    [Fact]
    public void First_words_that_the_host_is_past_act_once_on_where_it_is()
    {
        var reckoning = At(C, Says(1, None, A) with { IsFirstWord = true }, Says(2, A, B) with { IsFirstWord = true });
        reckoning.Settle(Listing(C), isFirst: false);
        Assert.Equal([(null, C)], Moves(reckoning));
        Assert.Equal(ClaimState.Superseded, reckoning.States[2]);
    }

    [Fact]
    public void A_first_word_that_was_told_before_does_nothing()
    {
        var reckoning = At(B, Says(1, A, B) with { IsFresh = false, IsFirstWord = true });
        Assert.Empty(reckoning.Moves);
    }

    [Fact]
    public void A_replay_of_a_change_that_happened_once_asks_the_host()
    {
        var replay = At(A, Says(1, A, B) with { IsFresh = false });
        Assert.True(replay.NeedsHost);
        replay.Settle(Listing(A), isFirst: false);
        Assert.Empty(replay.Moves);
        Assert.Equal(ClaimState.Superseded, replay.States[1]);
    }

    [Fact]
    public void A_change_that_happens_again_is_believed_when_the_host_agrees()
    {
        var again = At(A, Says(1, A, B) with { IsFresh = false });
        again.Settle(Listing(B), isFirst: false);
        Assert.Equal([(A, B)], Moves(again));
        Assert.Equal(ClaimState.Moved, again.States[1]);
    }

    [Fact]
    public void A_claim_that_leaves_a_gap_is_settled_by_the_host()
    {
        var reckoning = At(A, Says(1, B, C));
        Assert.True(reckoning.NeedsHost);
        reckoning.Settle(Listing(C), isFirst: false);
        Assert.Equal([(A, C)], Moves(reckoning));
        Assert.Equal(1, reckoning.Moves[0].DeliveryId);
    }

    [Fact]
    public void A_late_claim_never_takes_a_branch_back()
    {
        var late = At(C, Says(1, A, B));
        late.Settle(Listing(C), isFirst: false);
        Assert.Empty(late.Moves);
        Assert.Equal(ClaimState.Superseded, late.States[1]);
    }

    [Fact]
    public void A_tag_is_always_read_from_the_host_because_it_may_have_to_be_peeled()
    {
        var tag = GitRef.Tag("v1")!;
        var reckoning = new Reckoning(new Dictionary<GitRef, CommitSha>(), [new(1, new Claim(tag, None, A), true)]);
        Assert.True(reckoning.NeedsHost);
        reckoning.Settle(new RefList([new RefHead(tag, B)], "main"), isFirst: false);
        Assert.Equal(B, Assert.Single(reckoning.Moves).After);
        Assert.Equal(ClaimState.Moved, reckoning.States[1]);
    }

    [Fact]
    public void The_first_look_only_learns_what_stands_there()
    {
        var first = new Reckoning(new Dictionary<GitRef, CommitSha>(), []);
        first.Settle(Listing(A), isFirst: true);
        Assert.Empty(first.Moves);
        Assert.Equal(A, first.Heads[Main]);
    }

    [Fact]
    public void A_push_before_the_first_look_is_not_taken_for_history()
    {
        var first = new Reckoning(new Dictionary<GitRef, CommitSha>(), [Says(1, A, B)]);
        first.Settle(Listing(C), isFirst: true);
        Assert.Equal([(A, C)], Moves(first));
        Assert.Equal(ClaimState.Moved, first.States[1]);
    }

    [Fact]
    public void A_look_finds_what_was_missed_and_what_is_gone()
    {
        var reckoning = At(A);
        reckoning.Settle(Listing(B), isFirst: false);
        Assert.Equal([(A, B)], Moves(reckoning));
        var gone = At(A);
        gone.Settle(new RefList([], null), isFirst: false);
        Assert.Equal([(A, null)], Moves(gone));
        Assert.Empty(gone.Heads);
    }

    private static PendingClaim Says(long delivery, CommitSha before, CommitSha after) =>
        new(delivery, new Claim(Main, before, after), IsFresh: true);

    private static Reckoning At(CommitSha head, params PendingClaim[] claims) =>
        new(new Dictionary<GitRef, CommitSha> { [Main] = head }, claims);

    private static RefList Listing(CommitSha head) => new([new RefHead(Main, head)], "main");

    private static IEnumerable<(CommitSha?, CommitSha?)> Moves(Reckoning reckoning) =>
        reckoning.Moves.Select(move => (move.Before, move.After));
}
