using System.Globalization;
using Fairlead.Core.Outcomes;
using Fairlead.Programs.Git;

namespace Fairlead.Runner.Sources;

internal enum EntryKind
{
    File,
    Directory,
    Link,
    Submodule,
}

/// <summary>One name in a tree of a commit.</summary>
internal sealed record TreeEntry(string Name, EntryKind Kind, string Id);

/// <summary>
/// Reads trees as the commit has them, not as a disk shows them: what is a link and what is not cannot change between
/// looking and using. Names never reach a command line; only object ids do.
/// </summary>
internal sealed class TreeReader(GitProgram git, string repository)
{
    private const int LargestList = 64 * 1024 * 1024;

    /// <summary>The id of a commit's root tree.</summary>
    public async Task<Outcome<string>> Root(string commit, CancellationToken cancel) =>
        (await Git("rev-parse", ["--verify", "--quiet", $"{commit}^{{tree}}"], cancel)).Map(text => text.Trim());

    public async Task<Outcome<IReadOnlyList<TreeEntry>>> List(string tree, CancellationToken cancel) =>
        (await Git("ls-tree", ["-z", tree], cancel)).Map(Parse);

    /// <summary>The text of a link.</summary>
    public async Task<Outcome<string>> Link(string id, CancellationToken cancel) =>
        (await Text(id, cancel)).Map(text => text.TrimEnd('\n'));

    /// <summary>The size of a file, bytes.</summary>
    public async Task<Outcome<long>> Size(string id, CancellationToken cancel) =>
        (await Git("cat-file", ["-s", id], cancel)).Map(text => long.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>The text of a file.</summary>
    public Task<Outcome<string>> Text(string id, CancellationToken cancel) => Git("cat-file", ["blob", id], cancel);

    private static IReadOnlyList<TreeEntry> Parse(string list) =>
        list.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseEntry).OfType<TreeEntry>().ToList();

    /// <summary><c>MODE SP TYPE SP ID TAB NAME</c></summary>
    private static TreeEntry? ParseEntry(string entry)
    {
        var tab = entry.IndexOf('\t');
        if (tab < 0 || entry[..tab].Split(' ') is not [var mode, _, var id])
            return null;
        var kind = mode switch
        {
            "040000" => EntryKind.Directory,
            "120000" => EntryKind.Link,
            "160000" => EntryKind.Submodule,
            _ => EntryKind.File,
        };
        return new TreeEntry(entry[(tab + 1)..], kind, id);
    }

    private Task<Outcome<string>> Git(string command, string[] options, CancellationToken cancel) =>
        git.Run(new GitCall(command, options) { GitDirectory = repository, OutputLimit = LargestList }, cancel);
}
