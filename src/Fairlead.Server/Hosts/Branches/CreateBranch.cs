using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git.Branches;
using Fairlead.Server.Access;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>Makes a branch at the host, where another, a tag or a commit of the same repository is.</summary>
internal sealed class CreateBranch(OpenBranches open, BranchPlace place, ChangeLog log)
{
    public async Task<Outcome<BranchInfo>> Run(string slug, NewBranch input, Caller caller, CancellationToken cancel)
    {
        if (!OpenRepository.Named(input.Name, "name").Try(out var branch, out var failure))
            return failure;
        Task<Outcome<BranchInfo>> Work(OpenRepository opened) =>
            place.Work(opened.Remote, work => Make(opened, work, branch, input.From, caller, cancel), cancel);
        return await open.ToWrite(slug, input.Repository, caller, Work, cancel);
    }

    private async Task<Outcome<BranchInfo>> Make(
        OpenRepository opened,
        BranchWork work,
        GitRef branch,
        string from,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (Taken(opened.Refs, branch) is { } taken)
            return taken;
        if (!Start(opened, from).Try(out var commit, out var failure))
            return failure;
        if (!(await work.Leads(commit, cancel)).Try(out var leads, out failure))
            return failure;
        if (!leads)
            return BranchFailures.CommitElsewhere(commit);
        var made = await log.Around(
            "branch.create",
            opened.Subject,
            $"{opened.Title}: {branch.Name} at {commit}",
            caller,
            () => work.Push(branch, null, commit, CancellationToken.None)
        );
        return made.Map(_ => new BranchInfo(branch.Name, commit.Value));
    }

    private static Failure? Taken(RefList refs, GitRef branch)
    {
        var branches = refs.Heads.Select(head => head.Ref).Where(one => one.Kind == RefKind.Branch).ToList();
        if (branches.Contains(branch))
            return BranchFailures.Exists(branch);
        return branches.FirstOrDefault(one => Below(one, branch) || Below(branch, one)) is { } other
            ? BranchFailures.InTheWay(branch, other)
            : null;
    }

    private static bool Below(GitRef one, GitRef other) =>
        one.Name.StartsWith(other.Name + "/", StringComparison.Ordinal);

    /// <summary>A branch goes before a tag of the same name; whole names tell them apart.</summary>
    private static Outcome<CommitSha> Start(OpenRepository opened, string from)
    {
        var named = GitRef.TryParse(from, out var full) ? [full] : new[] { GitRef.Branch(from), GitRef.Tag(from) };
        foreach (var one in named.OfType<GitRef>())
            if (opened.At(one) is { } commit)
                return commit;
        return CommitSha.TryParse(from, out var sha) && !sha.IsZero ? sha : BranchFailures.RefUnknown(from);
    }
}
