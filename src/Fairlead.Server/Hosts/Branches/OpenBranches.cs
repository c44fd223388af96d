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

/// <summary>
/// Opens a repository of a connection that the caller may use, for git to read or write; a key that was made for the
/// work is taken back after it.
/// </summary>
internal sealed class OpenBranches(
    UsableConnections connections,
    ConnectionOpener opener,
    BranchPlace place,
    Outside outside
)
{
    public Task<Outcome<T>> ToRead<T>(
        string slug,
        string repository,
        Caller caller,
        Func<OpenRepository, Task<Outcome<T>>> work,
        CancellationToken cancel
    ) => Open(slug, repository, caller, (host, at) => host.MintReadCredential(at, repository, cancel), work, cancel);

    public Task<Outcome<T>> ToWrite<T>(
        string slug,
        string repository,
        Caller caller,
        Func<OpenRepository, Task<Outcome<T>>> work,
        CancellationToken cancel
    ) => Open(slug, repository, caller, (host, at) => host.MintWriteCredential(at, repository, cancel), work, cancel);

    private async Task<Outcome<T>> Open<T>(
        string slug,
        string repository,
        Caller caller,
        Func<IWriteWithGit, Target, Task<Outcome<GitCredential>>> mint,
        Func<OpenRepository, Task<Outcome<T>>> work,
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
        if (!(await outside.Guard.Vet(address, bound.Target.Reach, cancel)).Try(out var vetted, out failure))
            return failure;
        if (!(await mint(writer, bound.Target)).Try(out var credential, out failure))
            return failure;
        try
        {
            var remote = new GitRemote(address, credential, vetted.Pin);
            if (!(await place.Refs(remote, cancel)).Try(out var refs, out failure))
                return failure;
            return refs.Heads.Count == 0
                ? BranchFailures.RepositoryEmpty
                : await work(new OpenRepository(bound, repository, remote, refs));
        }
        finally
        {
            await TakeBack(bound, credential);
        }
    }

    /// <summary>One that cannot be taken back now ends by itself, within the hour.</summary>
    private static async Task TakeBack(Bound bound, GitCredential credential)
    {
        if (credential.Handle is { } handle && bound.Provider is IRevokeGitCredential host)
            await host.RevokeGitCredential(bound.Target, handle, CancellationToken.None);
    }
}
