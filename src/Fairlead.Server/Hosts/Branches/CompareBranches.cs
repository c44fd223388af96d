using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git.Branches;
using Fairlead.Server.Access;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>Says how two branches differ, and whether one would merge into the other by itself.</summary>
internal sealed class CompareBranches(OpenBranches open, BranchPlace place)
{
    private const int MostShown = 300;

    /// <param name="target">The default branch when empty.</param>
    public Task<Outcome<BranchDifference>> Run(
        string slug,
        string repository,
        string source,
        string? target,
        Caller caller,
        CancellationToken cancel
    ) => open.ToRead(slug, repository, caller, opened => Compare(opened, source, target, cancel), cancel);

    private async Task<Outcome<BranchDifference>> Compare(
        OpenRepository opened,
        string source,
        string? target,
        CancellationToken cancel
    )
    {
        target = string.IsNullOrEmpty(target) ? opened.Refs.DefaultBranch ?? "" : target;
        if (!opened.Branch(source, "source").Try(out var from, out var failure))
            return failure;
        if (!opened.Branch(target, "target").Try(out var into, out failure))
            return failure;
        if (from.Ref == into.Ref)
            return BranchFailures.Same;
        return (await place.Work(opened.Remote, work => Compare(work, from.Ref, into.Ref, cancel), cancel)).Map(Shown);
    }

    private static async Task<Outcome<BranchComparison>> Compare(
        BranchWork work,
        GitRef source,
        GitRef target,
        CancellationToken cancel
    ) =>
        (await work.Fetch(source, target, cancel)).Try(out var two, out var failure)
            ? await work.Compare(two, cancel)
            : failure;

    private static BranchDifference Shown(BranchComparison compared) =>
        new(
            new BranchInfo(compared.Branches.Source.Name, compared.Branches.SourceAt.Value),
            new BranchInfo(compared.Branches.Target.Name, compared.Branches.TargetAt.Value),
            compared.Ahead,
            compared.Behind
        )
        {
            Merges = !compared.Unrelated && compared.Conflicts.Count == 0,
            Unrelated = compared.Unrelated,
            Conflicts = compared.Conflicts,
            Changed = compared.Changes.Count,
            Changes = [.. compared.Changes.Take(MostShown).Select(one => new ChangedPath(one.Path, Word(one.How)))],
        };

    private static string Word(char how) =>
        how switch
        {
            'A' => "added",
            'D' => "deleted",
            'T' => "type",
            _ => "modified",
        };
}
