using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Runner.Logs;

namespace Fairlead.Runner.Sources;

/// <summary>
/// What a commit names and a build does not get: submodules and the files of Git LFS, both kept elsewhere. Said in the
/// log, so that nobody has to wonder about an empty directory.
/// </summary>
internal static partial class LeftOut
{
    private const string Modules = ".gitmodules";
    private const string Attributes = ".gitattributes";
    private const int LongestRead = 64 * 1024;
    private const int NamesShown = 5;

    /// <summary>One line for each, or none; looks at the root of the repository only.</summary>
    /// <param name="tree">The commit on disk.</param>
    public static IEnumerable<string> Of(string tree, IReadOnlyList<TreeEntry> root)
    {
        if (Names(tree, root, Modules, Module()) is { Count: > 0 } modules)
            yield return $"Submodules are not fetched, their directories are empty: {Some(modules)}.";
        if (Names(tree, root, Attributes, LargeFile()) is { Count: > 0 } large)
            yield return $"Files of Git LFS are not fetched, what is built has their pointers: {Some(large)}.";
    }

    private static List<string> Names(string tree, IReadOnlyList<TreeEntry> root, string file, Regex line)
    {
        // A link would be followed to who knows where.
        if (!root.Any(entry => entry.Name == file && entry.Kind == EntryKind.File))
            return [];
        using var stream = File.OpenRead(Path.Combine(tree, file));
        var bytes = new byte[LongestRead];
        var text = Encoding.UTF8.GetString(
            bytes,
            0,
            stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)
        );
        return [.. line.Matches(text).Select(match => match.Groups["name"].Value.Trim())];
    }

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(NamesShown).Select(name => PlainText.Of(name)))
        + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");

    [GeneratedRegex(@"^[ \t]*path[ \t]*=(?<name>[^\n]{1,200})$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Module();

    [GeneratedRegex(
        @"^[ \t]*(?<name>[^#\s][^\s]{0,199})[ \t][^\n]*filter=lfs(\s|$)",
        RegexOptions.Multiline | RegexOptions.NonBacktracking
    )]
    private static partial Regex LargeFile();
}
