namespace Fairlead.Emulators.Git;

/// <summary>Merges in a bare repository, as a host does behind its API: no rule for pushes holds there.</summary>
internal static class HostMerge
{
    /// <returns>The merge commit; null when there is nothing to merge.</returns>
    /// <exception cref="InvalidOperationException">The two conflict.</exception>
    public static async Task<string?> Run(string path, string source, string branch, string message)
    {
        var git = new PushedCommits(path);
        var target = await git.Ask("rev-parse", $"refs/heads/{branch}");
        if (await git.IsAncestor(source, target))
            return null;
        var tree = (await git.Ask("merge-tree", "--write-tree", target, source)).Split('\n')[0];
        var commit = await git.Ask("commit-tree", tree, "-p", target, "-p", source, "-m", message);
        await git.Ask("update-ref", $"refs/heads/{branch}", commit, target);
        return commit;
    }
}
