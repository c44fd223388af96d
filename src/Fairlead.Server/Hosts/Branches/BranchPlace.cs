using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Programs.Git.Branches;
using Fairlead.Providers;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>
/// Room for work on branches: a few scratch repositories at a time, in a directory of this server that is emptied when
/// it starts, should it have died with one.
/// </summary>
internal sealed class BranchPlace
{
    private const int MostAtOnce = 2;
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly Lazy<string> _root;
    private readonly GitProgram _git;

    public BranchPlace(ServerOptions options, Outside outside)
    {
        _git = outside.Git;
        _root = new Lazy<string>(() => Empty(Path.Combine(options.Data, "branches")));
    }

    /// <summary>Work with one host, which leaves nothing behind.</summary>
    public async Task<Outcome<T>> Work<T>(
        GitRemote remote,
        Func<BranchWork, Task<Outcome<T>>> work,
        CancellationToken cancel
    )
    {
        await _room.WaitAsync(cancel);
        try
        {
            if (!(await ScratchRepository.Make(_git, _root.Value, cancel)).Try(out var scratch, out var failure))
                return failure;
            using (scratch)
                return await work(new BranchWork(scratch, remote));
        }
        finally
        {
            _room.Release();
        }
    }

    public Task<Outcome<RefList>> Refs(GitRemote remote, CancellationToken cancel) =>
        LsRemote.Run(_git, remote, TimeSpan.FromMinutes(1), cancel);

    private static string Empty(string root)
    {
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        return root;
    }
}
