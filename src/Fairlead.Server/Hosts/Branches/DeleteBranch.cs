using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git.Branches;
using Fairlead.Server.Access;

namespace Fairlead.Server.Hosts.Branches;

/// <param name="Commit">What somebody saw it lead to; it is not deleted when it leads elsewhere by now.</param>
internal sealed record BranchToDelete(string Name, string Repository = "", string? Commit = null);

/// <summary>Deletes a branch at the host, unless it is the default one or was changed meanwhile.</summary>
internal sealed class DeleteBranch(OpenBranches open, BranchPlace place, ChangeLog log)
{
    /// <returns>What it was, so that it can be made again.</returns>
    public async Task<Outcome<BranchInfo>> Run(
        string slug,
        BranchToDelete input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (OpenRepository.Named(input.Name, "name").Failure is { } odd)
            return odd;
        return await open.ToWrite(slug, input.Repository, caller, opened => Delete(opened, input, caller), cancel);
    }

    private async Task<Outcome<BranchInfo>> Delete(OpenRepository opened, BranchToDelete input, Caller caller)
    {
        if (!opened.Branch(input.Name, "name").Try(out var branch, out var failure))
            return failure;
        if (branch.Ref.Name == opened.Refs.DefaultBranch)
            return BranchFailures.IsDefault(branch.Ref);
        if (input.Commit is { Length: > 0 } seen && seen != branch.Commit.Value)
            return BranchFailures.Moved(branch.Ref);
        var gone = await log.Around(
            "branch.delete",
            opened.Subject,
            $"{opened.Title}: {branch.Ref.Name} at {branch.Commit}",
            caller,
            () => place.Work(opened.Remote, work => Push(work, branch), CancellationToken.None)
        );
        return gone.Map(_ => new BranchInfo(branch.Ref.Name, branch.Commit.Value));
    }

    private static Task<Outcome<Done>> Push(BranchWork work, RefHead branch) =>
        work.Push(branch.Ref, branch.Commit, null, CancellationToken.None);
}
