using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Programs.Git.Branches;
using Fairlead.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>A repository whose branches are about to be looked at or changed.</summary>
internal sealed record OpenRepository(Bound Bound, string Name, GitRemote Remote, RefList Refs)
{
    /// <summary>What people call it.</summary>
    public string Title => Name.Length > 0 ? Name : Bound.Connection.Slug;

    public string Subject => $"connection/{Bound.Connection.Slug}";

    public CommitSha? At(GitRef one) => Refs.Heads.FirstOrDefault(head => head.Ref == one)?.Commit;

    /// <summary>A branch that is there, by its short name.</summary>
    public Outcome<RefHead> Branch(string name, string field) =>
        Named(name, field)
            .Then(branch =>
                At(branch) is { } commit
                    ? (Outcome<RefHead>)new RefHead(branch, commit)
                    : BranchFailures.Unknown(branch, field)
            );

    public static Outcome<GitRef> Named(string name, string field) =>
        GitRef.Branch(name) is { } branch ? branch : BranchFailures.NameMalformed(field);
}

/// <summary>Opens a repository of a connection that the caller may use, for git to read or write.</summary>
internal sealed class OpenBranches(
    UsableConnections connections,
    ConnectionOpener opener,
    BranchPlace place,
    Outside outside
)
{
    public Task<Outcome<OpenRepository>> ToRead(
        string slug,
        string repository,
        Caller caller,
        CancellationToken cancel
    ) =>
        Open(
            slug,
            repository,
            caller,
            (bound, host) => host.MintReadCredential(bound.Target, repository, cancel),
            cancel
        );

    public Task<Outcome<OpenRepository>> ToWrite(
        string slug,
        string repository,
        Caller caller,
        CancellationToken cancel
    ) =>
        Open(
            slug,
            repository,
            caller,
            (bound, host) => host.MintWriteCredential(bound.Target, repository, cancel),
            cancel
        );

    private async Task<Outcome<OpenRepository>> Open(
        string slug,
        string repository,
        Caller caller,
        Func<Bound, IWriteWithGit, Task<Outcome<GitCredential>>> mint,
        CancellationToken cancel
    )
    {
        if (!(await connections.Find(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        if (!(await opener.Open(row, cancel)).Try(out var bound, out failure))
            return failure;
        if (bound.Provider is not (ICodeHost host and IWriteWithGit writer))
            return HostFailures.NoBranches(bound.Provider.Title);
        if (!host.Locate(bound.Target, repository).Try(out var address, out failure))
            return failure;
        if (!(await mint(bound, writer)).Try(out var credential, out failure))
            return failure;
        if (!(await outside.Guard.Vet(address, bound.Target.Reach, cancel)).Try(out var vetted, out failure))
            return failure;
        var remote = new GitRemote(address, credential, vetted.Pin);
        if (!(await place.Refs(remote, cancel)).Try(out var refs, out failure))
            return failure;
        return refs.Heads.Count == 0
            ? BranchFailures.RepositoryEmpty
            : new OpenRepository(bound, repository, remote, refs);
    }
}
