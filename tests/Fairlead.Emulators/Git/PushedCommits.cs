namespace Fairlead.Emulators.Git;

/// <summary>A person as a commit names them.</summary>
internal sealed record CommitPerson(string Name, string Mail);

/// <summary>What git knows of one commit and a delivery tells.</summary>
internal sealed record PushedCommit(
    string Id,
    string Tree,
    CommitPerson Author,
    CommitPerson Committer,
    string At,
    string Message,
    IReadOnlyList<string> Changes
)
{
    /// <summary>Paths that were added (<c>A</c>), deleted (<c>D</c>) or modified (<c>M</c>).</summary>
    public IEnumerable<string> Paths(char kind) =>
        Changes.Where(change => change[0] == kind).Select(change => change[2..]);
}

/// <summary>Asks the real git about the commits of a push.</summary>
/// <param name="path">The bare repository.</param>
internal sealed class PushedCommits(string path)
{
    public static bool IsZero(string commit) => commit.All(sign => sign == '0');

    public async Task<string> Ask(params string[] arguments) => (await Git.Run(path, arguments)).Trim();

    public async Task<string[]> Lines(params string[] arguments) =>
        (await Ask(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<bool> IsAncestor(string older, string newer) =>
        await Ask("merge-base", "--all", older, newer) is var bases && bases.Contains(older);

    /// <summary>Whether there is such a commit.</summary>
    public async Task<bool> Has(string commit)
    {
        try
        {
            await Git.Run(path, "cat-file", "-e", commit + "^{commit}");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async Task<List<PushedCommit>> Read(IEnumerable<string> commits)
    {
        var all = new List<PushedCommit>();
        foreach (var commit in commits)
            all.Add(await Read(commit));
        return all;
    }

    public async Task<PushedCommit> Read(string commit)
    {
        const string format = "--format=%T%n%an%n%ae%n%cn%n%ce%n%cI%n%B";
        var facts = (await Ask("show", "-s", format, commit)).Split('\n', 7);
        var changes = await Lines("diff-tree", "--root", "--no-commit-id", "--name-status", "-r", commit);
        var (author, committer) = (new CommitPerson(facts[1], facts[2]), new CommitPerson(facts[3], facts[4]));
        return new PushedCommit(commit, facts[0], author, committer, facts[5], facts[6].Trim(), changes);
    }
}
