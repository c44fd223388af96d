using Fairlead.Core.Outcomes;

namespace Fairlead.Programs.Git.Branches;

/// <summary>
/// A bare repository for one piece of work with one host: nobody else sees it, and it is gone when disposed of. It
/// knows nothing but what was fetched into it, so nothing of another repository can get out through it.
/// </summary>
public sealed class ScratchRepository : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan Working = TimeSpan.FromSeconds(60);

    private readonly GitProgram _git;
    private readonly string _path;

    private ScratchRepository(GitProgram git, string path) => (_git, _path) = (git, path);

    /// <param name="root">Where to make it; made when it is not there.</param>
    public static async Task<Outcome<ScratchRepository>> Make(GitProgram git, string root, CancellationToken cancel)
    {
        var made = new ScratchRepository(git, Path.Combine(root, Guid.NewGuid().ToString("n") + ".git"));
        try
        {
            Directory.CreateDirectory(made._path, OwnerOnly);
            if ((await made.Run("init", ["--quiet", "--bare"], cancel)).Failure is not { } failure)
                return made;
            made.Dispose();
            return failure;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <param name="filter">What is left out, in git's words; a host that cannot leave out sends all.</param>
    /// <param name="limit">How long the host may take to send it.</param>
    public async Task<Outcome<Done>> Fetch(
        GitRemote remote,
        IReadOnlyList<string> refspecs,
        TimeSpan limit,
        CancellationToken cancel,
        string? filter = null
    )
    {
        string[] always = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--force"];
        var call = new GitCall("fetch", filter is null ? always : [.. always, $"--filter={filter}"])
        {
            GitDirectory = _path,
            Remote = remote,
            Operands = refspecs,
            Timeout = limit,
        };
        return (await _git.Run(call, cancel)).Map(_ => Done.It);
    }

    /// <summary>Pushes one branch if it still is what we know it to be, and not otherwise.</summary>
    /// <param name="refspec"><c>COMMIT:refs/heads/x</c>, or <c>:refs/heads/x</c> to delete.</param>
    /// <param name="lease"><c>refs/heads/x:COMMIT</c>; nothing behind the colon for "is not there".</param>
    public Task<Outcome<ProgramResult>> Push(
        GitRemote remote,
        string refspec,
        string lease,
        TimeSpan limit,
        CancellationToken cancel
    ) =>
        _git.TryRun(
            new GitCall(
                "push",
                ["--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", $"--force-with-lease={lease}"]
            )
            {
                GitDirectory = _path,
                Remote = remote,
                Operands = [refspec],
                Timeout = limit,
            },
            cancel
        );

    /// <summary>Works within it and talks to nobody.</summary>
    public Task<Outcome<string>> Run(string command, IReadOnlyList<string> options, CancellationToken cancel) =>
        _git.Run(Within(command, options), cancel);

    /// <summary>The same for commands whose exit code says something.</summary>
    public Task<Outcome<ProgramResult>> TryRun(
        string command,
        IReadOnlyList<string> options,
        CancellationToken cancel
    ) => _git.TryRun(Within(command, options), cancel);

    /// <summary>A commit of a tree that is here.</summary>
    public Task<Outcome<string>> Commit(
        IReadOnlyList<string> options,
        CommitIdentity identity,
        string message,
        CancellationToken cancel
    ) =>
        _git.Run(
            Within("commit-tree", options) with
            {
                Identity = identity,
                Input = System.Text.Encoding.UTF8.GetBytes(message),
            },
            cancel
        );

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    private GitCall Within(string command, IReadOnlyList<string> options) =>
        new(command, options) { GitDirectory = _path, Timeout = Working };
}
