using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Lets git write: branches are made, merged and deleted by pushing, the same way at every host.</summary>
public interface IWriteWithGit : IMintGitCredential
{
    /// <summary>What git needs to push to one repository: the key for reading, where a host has no two.</summary>
    Task<Outcome<GitCredential>> MintWriteCredential(Target target, string repository, CancellationToken cancel) =>
        MintGitCredential(target, repository, cancel);

    /// <summary>What git needs for us to read: nothing is given away, so a host need not make a key for it.</summary>
    Task<Outcome<GitCredential>> MintReadCredential(Target target, string repository, CancellationToken cancel) =>
        MintGitCredential(target, repository, cancel);
}

/// <summary>Merges by the host's own function, for branches that nobody may push to.</summary>
public interface IMergeAtHost
{
    /// <summary>
    /// Merges what the wish names and nothing newer; leaves no request behind that it opened and could not merge.
    /// </summary>
    /// <returns>The commit that the target leads to afterwards; a failure where the host does not let us.</returns>
    Task<Outcome<CommitSha>> MergeAtHost(Target target, string repository, MergeWish wish, CancellationToken cancel);
}

/// <param name="Source">The branch that is merged.</param>
/// <param name="At">The commit that was looked at: the branch's, or a later one is not merged.</param>
/// <param name="Into">The branch that gets the merge.</param>
public sealed record MergeWish(GitRef Source, CommitSha At, GitRef Into, string Message);
