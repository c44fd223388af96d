using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>
/// One call of git: <c>git [--git-dir] COMMAND OPTIONS -- URL OPERANDS</c>. The address and the credential are given
/// as values; how git is told of them is <see cref="GitProgram"/>'s business.
/// </summary>
/// <param name="Command"><c>ls-remote</c>, <c>fetch</c>, <c>worktree</c>, ...</param>
/// <param name="Options">Each reaches git as it is. Words of strangers belong into <see cref="Operands"/>.</param>
public sealed record GitCall(string Command, IReadOnlyList<string> Options)
{
    /// <summary>The other side, for commands that talk to one. Its address stands after <c>--</c>.</summary>
    public GitRemote? Remote { get; init; }

    /// <summary>
    /// What stands after <c>--</c> and the address: refspecs, commits, paths. Never without a remote.
    /// </summary>
    public IReadOnlyList<string> Operands { get; init; } = [];

    /// <summary>The repository, when it is a bare one.</summary>
    public string? GitDirectory { get; init; }

    /// <summary>Where git runs; the work tree for commands that need one.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Writes symbolic links as links. Only for trees that nothing outside a jail reads (facts/security.md M17).
    /// </summary>
    public bool Symlinks { get; init; }

    /// <summary>The whole call, after which git and its children are killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    public Action<string>? OnLine { get; init; }

    /// <summary>
    /// Has git write what it hears in Git's own protocol to standard error; nothing of a login is in it.
    /// </summary>
    public bool TracePackets { get; init; }

    /// <summary>Who a commit is by; null for commands that make none.</summary>
    public CommitIdentity? Identity { get; init; }

    /// <summary>What git reads from standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}

/// <summary>Whom git talks to.</summary>
/// <param name="Credential">Null: anonymous.</param>
/// <param name="PinnedAddress">
/// The vetted IP addresses to connect to, separated by commas; null only where nobody typed the host.
/// </param>
public sealed record GitRemote(RepositoryAddress Address, GitCredential? Credential, string? PinnedAddress)
{
    /// <summary>Whom the address stands in for, when it is a door of ours; null when it is the host itself.</summary>
    public GitDoor? Door { get; init; }
}

/// <summary>A place of ours that passes on what git and a host say to each other.</summary>
/// <param name="Host">Whom it leads to, and whom sentences are about.</param>
/// <param name="Told">Reads what the door itself says in place of the host; null for anybody else's words.</param>
public sealed record GitDoor(GitUrl Host, Func<string, Failure?> Told);
