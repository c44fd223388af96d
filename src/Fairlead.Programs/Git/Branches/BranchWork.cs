using System.Globalization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git.Branches;

/// <summary>Two branches as a host has them.</summary>
public sealed record TwoBranches(GitRef Source, GitRef Target)
{
    public CommitSha SourceAt { get; init; }
    public CommitSha TargetAt { get; init; }
}

/// <summary>What a merge of two branches would do.</summary>
/// <param name="Ahead">Commits that only the source has.</param>
/// <param name="Behind">Commits that only the target has.</param>
/// <param name="Conflicts">Paths that a person would have to mend; empty when it merges by itself.</param>
public sealed record BranchComparison(TwoBranches Branches, int Ahead, int Behind, IReadOnlyList<string> Conflicts)
{
    /// <summary>What the source changed since the two parted, by path.</summary>
    public IReadOnlyList<PathChange> Changes { get; init; } = [];

    /// <summary>They have no commit in common.</summary>
    public bool Unrelated { get; init; }
}

/// <param name="How">Git's letter: A added, D deleted, M modified, T of another type.</param>
public sealed record PathChange(char How, string Path);

/// <summary>
/// Compares and merges branches in a scratch repository, without a work tree: trees are merged by
/// <c>git merge-tree --write-tree</c> (git 2.38), so nothing of the repository is ever written as a file.
/// </summary>
public sealed class BranchWork(ScratchRepository place, GitRemote remote)
{
    private const string SourceRef = "refs/fairlead/source";
    private const string TargetRef = "refs/fairlead/target";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(80);

    /// <summary>Fetches both, and says what they are at that moment.</summary>
    public async Task<Outcome<TwoBranches>> Fetch(GitRef source, GitRef target, CancellationToken cancel)
    {
        string[] wanted = [$"+{source.Full}:{SourceRef}", $"+{target.Full}:{TargetRef}"];
        if ((await place.Fetch(remote, wanted, Patience, cancel)).Failure is { } failure)
            return Words(failure);
        if (
            !(await Ask("rev-parse", [$"{SourceRef}^{{commit}}", $"{TargetRef}^{{commit}}"], cancel)).Try(
                out var heads,
                out var odd
            )
        )
            return odd;
        var commits = heads.Split('\n');
        return new TwoBranches(source, target)
        {
            SourceAt = CommitSha.Parse(commits[0]),
            TargetAt = CommitSha.Parse(commits[1]),
        };
    }

    public async Task<Outcome<BranchComparison>> Compare(TwoBranches two, CancellationToken cancel)
    {
        string[] both = ["--left-right", "--count", $"{two.TargetAt}...{two.SourceAt}"];
        if (!(await Ask("rev-list", both, cancel)).Try(out var counts, out var failure))
            return failure;
        var numbers = counts.Split('\t').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var compared = new BranchComparison(two, numbers[1], numbers[0], []);
        if (!(await Base(two, cancel)).Try(out var parting, out failure))
            return failure;
        if (parting.Length == 0)
            return compared with { Unrelated = true };
        if (!(await Changes(parting, two, cancel)).Try(out var changes, out failure))
            return failure;
        if (!(await Merge(two, cancel)).Try(out var merge, out failure))
            return failure;
        return compared with { Changes = changes, Conflicts = merge.Conflicts };
    }

    /// <summary>
    /// A merge commit of both, here only. The target's own commit when there is nothing to merge; a failure with the
    /// paths when git cannot merge them by itself.
    /// </summary>
    public async Task<Outcome<CommitSha>> Merged(
        TwoBranches two,
        CommitIdentity identity,
        string message,
        CancellationToken cancel
    )
    {
        if (!(await Base(two, cancel)).Try(out var parting, out var failure))
            return failure;
        if (parting.Length == 0)
            return BranchFailures.Unrelated(two.Source, two.Target);
        if (parting == two.SourceAt.Value)
            return two.TargetAt;
        if (!(await Merge(two, cancel)).Try(out var merge, out failure))
            return failure;
        if (merge.Conflicts.Count > 0)
            return BranchFailures.Conflict(two.Source, two.Target, merge.Conflicts);
        string[] options = [merge.Tree, "-p", two.TargetAt.Value, "-p", two.SourceAt.Value];
        return (await place.Commit(options, identity, message, cancel)).Map(made => CommitSha.Parse(made.Trim()));
    }

    /// <summary>Whether a branch or tag of the host leads to the commit. Fetches commits without their files.</summary>
    public async Task<Outcome<bool>> Leads(CommitSha commit, CancellationToken cancel)
    {
        string[] wanted = ["+refs/heads/*:refs/fairlead/heads/*", "+refs/tags/*:refs/fairlead/tags/*"];
        if ((await place.Fetch(remote, wanted, Patience, cancel, "tree:0")).Failure is { } failure)
            return Words(failure);
        string[] options = [$"--contains={commit}", "--count=1", "refs/fairlead/"];
        return (await place.TryRun("for-each-ref", options, cancel)).Map(found =>
            found.Ok && found.Output.Trim().Length > 0
        );
    }

    /// <summary>Has the host's branch lead to another commit, if it still leads to the one that is known.</summary>
    /// <param name="expected">Null: it is not there.</param>
    /// <param name="commit">Null: it shall not be there.</param>
    public async Task<Outcome<Done>> Push(
        GitRef branch,
        CommitSha? expected,
        CommitSha? commit,
        CancellationToken cancel
    )
    {
        var pushed = await place.Push(remote, $"{commit}:{branch.Full}", $"{branch.Full}:{expected}", Patience, cancel);
        return pushed.Then(result => PushAnswer.Read(branch, remote, result));
    }

    private async Task<Outcome<string>> Base(TwoBranches two, CancellationToken cancel) =>
        // One of several will do: what is behind it is only shown.
        (await place.TryRun("merge-base", [two.TargetAt.Value, two.SourceAt.Value], cancel)).Then(found =>
            found.ExitCode is 0 or 1 ? (Outcome<string>)found.Output.Trim() : GitFailures.Unnamed
        );

    private async Task<Outcome<IReadOnlyList<PathChange>>> Changes(
        string parting,
        TwoBranches two,
        CancellationToken cancel
    )
    {
        string[] options = ["-r", "-z", "--no-renames", "--name-status", parting, two.SourceAt.Value];
        return (await Ask("diff-tree", options, cancel)).Map<IReadOnlyList<PathChange>>(listed =>
            [.. listed.Split('\0').Chunk(2).Where(pair => pair is [{ Length: 1 }, _]).Select(Of)]
        );
    }

    private static PathChange Of(string[] pair) => new(pair[0][0], pair[1]);

    private async Task<Outcome<(string Tree, IReadOnlyList<string> Conflicts)>> Merge(
        TwoBranches two,
        CancellationToken cancel
    )
    {
        string[] options =
        [
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            two.TargetAt.Value,
            two.SourceAt.Value,
        ];
        return (await place.TryRun("merge-tree", options, cancel)).Then(
            Outcome<(string, IReadOnlyList<string>)> (merged) =>
            {
                // What a program writes is read by lines, and ends with the end of one.
                var told = merged.Output.TrimEnd('\n').Split('\0', StringSplitOptions.RemoveEmptyEntries);
                return merged.ExitCode is 0 or 1 && told.Length > 0
                    ? (told[0], told[1..].Distinct().ToList())
                    : GitFailures.Unnamed;
            }
        );
    }

    private async Task<Outcome<string>> Ask(string command, string[] options, CancellationToken cancel) =>
        (await place.Run(command, options, cancel)).Map(text => text.TrimEnd('\n'));

    private static Failure Words(Failure failure) =>
        failure.Code == "reach.timed-out" ? BranchFailures.TooLarge : failure;
}
