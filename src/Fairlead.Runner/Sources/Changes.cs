using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Runner.Sources;

/// <summary>What commits in a mirror say and change. Only object ids reach a command line.</summary>
internal sealed class Changes(GitProgram git, string mirror)
{
    /// <summary>More changed files than this count as all of them.</summary>
    private const int MostPaths = 10_000;

    private const int LargestList = 16 * 1024 * 1024;

    /// <summary>The message a commit was made with; empty when it cannot be read.</summary>
    public async Task<string> Message(CommitSha commit, CancellationToken cancel)
    {
        var read = await Git("cat-file", ["commit", commit.Value], cancel);
        if (!read.Try(out var text, out _))
            return "";
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? "" : text[(end + 2)..];
    }

    /// <summary>
    /// The files that differ between two commits, whatever lies between them; null when that cannot be told, or when
    /// they are too many to list.
    /// </summary>
    public async Task<IReadOnlyList<string>?> Between(CommitSha before, CommitSha after, CancellationToken cancel)
    {
        string[] options = ["-r", "-z", "--name-only", "--no-renames", before.Value, after.Value];
        if (!(await Git("diff-tree", options, cancel)).Try(out var list, out _))
            return null;
        var paths = list.TrimEnd('\n').Split('\0', StringSplitOptions.RemoveEmptyEntries);
        // A list that is too large comes back empty.
        return paths.Length > MostPaths || (paths.Length == 0 && !await IsSame(before, after, cancel)) ? null : paths;
    }

    private async Task<bool> IsSame(CommitSha before, CommitSha after, CancellationToken cancel)
    {
        var reader = new TreeReader(git, mirror);
        var (was, now) = (await reader.Root(before.Value, cancel), await reader.Root(after.Value, cancel));
        return was.Ok && now.Ok && was.Value == now.Value;
    }

    private Task<Outcome<string>> Git(string command, string[] options, CancellationToken cancel) =>
        git.Run(new GitCall(command, options) { GitDirectory = mirror, OutputLimit = LargestList }, cancel);
}
