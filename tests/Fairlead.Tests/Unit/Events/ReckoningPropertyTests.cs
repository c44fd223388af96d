using Fairlead.Core.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Fairlead.Tests.Unit.Events;

/// <summary>
/// Hooks, looks, replays, duplicates and silences of the host in any order, over random histories. What is right is
/// read from the history alone.
/// </summary>
public sealed class ReckoningPropertyTests
{
    private const int Lives = 2000;

    [Fact]
    public void Where_no_commit_comes_back_each_change_acts_at_most_once_and_never_out_of_order() =>
        Check(steps => IsInOrder(Live(steps, comeBack: false)));

    [Fact]
    public void Where_commits_come_back_no_hook_acts_twice_and_the_end_is_what_the_host_has() =>
        Check(steps => IsTrue(Live(steps, comeBack: true)));

    [Fact]
    public void A_ledger_that_believes_every_hook_is_caught() =>
        Caught(steps => IsInOrder(Live(steps, comeBack: false, host => new LedgerLife(host) { BelievesAll = true })));

    [Fact]
    public void A_ledger_that_forgets_what_has_acted_is_caught() =>
        Caught(steps => IsTrue(Live(steps, comeBack: true, host => new LedgerLife(host) { ForgetsKeys = true })));

    /// <summary>Each ref went through values that it really had, in the order it had them, and to the last.</summary>
    private static bool IsInOrder((HostLife Host, LedgerLife Ledger) life)
    {
        var (host, ledger) = life;
        foreach (var name in host.Refs)
        {
            var at = 0;
            foreach (var (move, _) in ledger.Acts.Where(act => act.Move.Ref == name))
                if ((at = host.ValuesOf(name).ToList().IndexOf(move.After, at + 1)) < 0)
                    return false;
            if (ledger.Known(name) != host.Now(name))
                return false;
        }
        var acts = ledger.Acts.Count;
        HearAllAgain(life);
        return ledger.Acts.Count == acts;
    }

    private static void HearAllAgain((HostLife Host, LedgerLife Ledger) life)
    {
        foreach (var hook in life.Host.Hooks.AsEnumerable().Reverse().Concat(life.Host.Hooks))
            life.Ledger.Hear(hook);
        life.Ledger.Turn(look: true);
    }

    private static bool IsTrue((HostLife Host, LedgerLife Ledger) life)
    {
        var (host, ledger) = life;
        var told = ledger.Acts.Where(act => act.ByWord).Select(act => act.Move with { DeliveryId = null }).ToList();
        return told.Count == told.Distinct().Count()
            && told.TrueForAll(move => host.Times(move) > 0)
            && ledger.Acts.TrueForAll(act => act.Move.Before != act.Move.After)
            && host.Refs.All(name => ledger.Known(name) == host.Now(name) && ActedLast(host, ledger, name));
    }

    /// <summary>What a ref is at in the end was acted on last, unless it always was there.</summary>
    private static bool ActedLast(HostLife host, LedgerLife ledger, GitRef name) =>
        ledger.Acts.LastOrDefault(act => act.Move.Ref == name) is { Move: { } last }
            ? last.After == host.Now(name)
            : host.Now(name) == host.ValuesOf(name)[0];

    /// <param name="comeBack">Refs may return to commits they had, and be made again after they were deleted.</param>
    private static (HostLife, LedgerLife) Live(int[] steps, bool comeBack, Func<HostLife, LedgerLife>? make = null)
    {
        var host = new HostLife();
        var ledger = make?.Invoke(host) ?? new LedgerLife(host);
        foreach (var (number, step) in steps.Index())
            Take(host, ledger, step % 10, step / 10, comeBack ? null : number + 1);
        ledger.HostAnswers = true;
        host.Hooks.ForEach(ledger.Hear);
        ledger.Turn(look: true);
        return (host, ledger);
    }

    private static void Take(HostLife host, LedgerLife ledger, int kind, int choice, int? newCommit)
    {
        switch (kind)
        {
            case < 3 when newCommit is null || !host.IsGone(choice):
                host.Push(choice, choice % 7 == 0 ? null : newCommit ?? choice % 4);
                break;
            case < 6 when host.Hooks.Count > 0:
                ledger.Hear(host.Hooks[choice % host.Hooks.Count]);
                break;
            case 6 when host.Hooks.Count > 0:
                ledger.Hear(host.Hooks[^1]);
                break;
            case 7:
                ledger.Turn(look: false);
                break;
            case 8:
                ledger.Turn(look: true);
                break;
            case 9:
                ledger.HostAnswers = choice % 2 == 0;
                break;
        }
    }

    private static readonly Arbitrary<int[]> Steps = Gen.Choose(1, 60)
        .SelectMany(size => Gen.Choose(0, 999).ArrayOf(size))
        .ToArbitrary();

    private static void Check(Func<int[], bool> holds) =>
        Prop.ForAll(Steps, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));

    private static void Caught(Func<int[], bool> holds) => Assert.ThrowsAny<Exception>(() => Check(holds));
}
