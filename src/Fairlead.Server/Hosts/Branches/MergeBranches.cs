using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Programs.Git.Branches;
using Fairlead.Server.Access;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>
/// Merges one branch into another at the host: here and pushed, or by the host's own function where the branch is
/// protected and the host has one.
/// </summary>
internal sealed class MergeBranches(OpenBranches open, BranchPlace place, MergeAuthors authors, ChangeLog log)
{
    private const int LongestMessage = 10_000;

    public async Task<Outcome<MergeInfo>> Run(string slug, BranchMerge input, Caller caller, CancellationToken cancel)
    {
        if (input.Message?.Length > LongestMessage)
            return HostFailures.MessageTooLong(LongestMessage);
        return await open.ToWrite(
            slug,
            input.Repository,
            caller,
            opened => Merge(opened, input, caller, cancel),
            cancel
        );
    }

    private async Task<Outcome<MergeInfo>> Merge(
        OpenRepository opened,
        BranchMerge input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!opened.Branch(input.Source, "source").Try(out var source, out var failure))
            return failure;
        if (!opened.Branch(input.Target, "target").Try(out var target, out failure))
            return failure;
        if (source.Ref == target.Ref)
            return BranchFailures.Same;
        var message = string.IsNullOrWhiteSpace(input.Message)
            ? $"Merge branch {source.Ref.Name} into {target.Ref.Name}"
            : input.Message;
        var wish = new MergeWish(source.Ref, source.Commit, target.Ref, message);
        return await place.Work(opened.Remote, work => Merge(opened, work, wish, input, caller, cancel), cancel);
    }

    private async Task<Outcome<MergeInfo>> Merge(
        OpenRepository opened,
        BranchWork work,
        MergeWish wish,
        BranchMerge input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await work.Fetch(wish.Source, wish.Into, cancel)).Try(out var two, out var failure))
            return failure;
        if (input.SourceCommit is { Length: > 0 } seen && seen != two.SourceAt.Value)
            return BranchFailures.Moved(wish.Source);
        var identity = await authors.Of(caller, cancel);
        if (!(await work.Merged(two, identity, wish.Message, cancel)).Try(out var commit, out failure))
            return failure;
        var done = new MergeInfo(two.Source.Name, two.Target.Name, commit.Value, "pushed");
        if (commit == two.TargetAt)
            return done with { How = "already" };
        wish = wish with { At = two.SourceAt };
        return await log.Around(
            "branch.merge",
            opened.Subject,
            $"{opened.Title}: {two.Source.Name} at {two.SourceAt} into {two.Target.Name} at {two.TargetAt}",
            caller,
            async () =>
                (await work.Push(two.Target, two.TargetAt, commit, CancellationToken.None)).Failure is { } refused
                    ? await ByHost(opened, wish, refused, done)
                    : done
        );
    }

    /// <summary>What we may not push the host may merge; where it does not, the first answer stands.</summary>
    private static async Task<Outcome<MergeInfo>> ByHost(
        OpenRepository opened,
        MergeWish wish,
        Failure refused,
        MergeInfo done
    )
    {
        if (refused.Code is not (BranchFailures.ProtectedCode or BranchFailures.RefusedCode))
            return refused;
        if (opened.Bound.Provider is not IMergeAtHost host)
            return refused;
        var merged = await host.MergeAtHost(opened.Bound.Target, opened.Name, wish, CancellationToken.None);
        return merged.Try(out var commit, out _) ? done with { Commit = commit.Value, How = "by-host" } : refused;
    }
}
