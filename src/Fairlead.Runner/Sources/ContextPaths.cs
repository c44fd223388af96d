using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Sources;

/// <summary>What a commit offers to build, with every link resolved inside the repository.</summary>
/// <param name="Directory">The context, relative to the root; empty for all of it.</param>
/// <param name="Dockerfile">Relative to the context.</param>
/// <param name="Tree">Git's id of the context.</param>
/// <param name="DockerfileBlob">Git's id of the Dockerfile.</param>
/// <param name="Root">The names at the root of the repository.</param>
internal sealed record BuildContext(
    string Directory,
    string Dockerfile,
    string Tree,
    string DockerfileBlob,
    IReadOnlyList<TreeEntry> Root
);

/// <summary>
/// Finds a rule's directory and Dockerfile in a commit. <c>..</c>, absolute paths and links that lead out of the
/// repository (for the Dockerfile: out of its directory) are refused with the field that asked for them.
/// </summary>
internal sealed class ContextPaths(TreeReader reader, string commit)
{
    private const int MostLinks = 16;
    private const int NamesShown = 12;

    private sealed record Place(IReadOnlyList<string> Path, TreeEntry Entry);

    public async Task<Outcome<BuildContext>> Find(string directory, string dockerfile, CancellationToken cancel)
    {
        if (!(await reader.Root(commit, cancel)).Try(out var rootId, out var failure))
            return failure;
        if (!(await reader.List(rootId, cancel)).Try(out var names, out failure))
            return failure;
        var root = new Place([], new TreeEntry("", EntryKind.Directory, rootId));
        if (!(await FindDirectory(root, directory, cancel)).Try(out var context, out failure))
            return failure;
        if (!(await FindDockerfile(context, dockerfile, cancel)).Try(out var file, out failure))
            return failure;
        return new BuildContext(
            string.Join('/', context.Path),
            string.Join('/', file.Path),
            context.Entry.Id,
            file.Entry.Id,
            names
        );
    }

    private async Task<Outcome<Place>> FindDirectory(Place root, string directory, CancellationToken cancel)
    {
        var found = await Walk(root, directory.TrimStart('/'), "directory", Missing, cancel);
        if (found.Ok && found.Value.Entry.Kind != EntryKind.Directory)
            return SourceFailures.NotADirectory(directory);
        return found;

        Failure Missing(string there) => SourceFailures.NoDirectory(directory, commit[..8], there);
    }

    /// <summary>Walks from the context, so that a path which leaves it is seen as leaving.</summary>
    private async Task<Outcome<Place>> FindDockerfile(Place context, string dockerfile, CancellationToken cancel)
    {
        if (dockerfile.StartsWith('/'))
            return SourceFailures.Outside("dockerfile", dockerfile);
        var start = context with { Path = [] };
        var found = await Walk(start, dockerfile, "dockerfile", Missing, cancel);
        if (found.Ok && found.Value.Entry.Kind != EntryKind.File)
            return SourceFailures.NotAFile(dockerfile);
        return found;

        Failure Missing(string there) =>
            SourceFailures.NoDockerfile(string.Join('/', [.. context.Path, dockerfile]), commit[..8], there);
    }

    private async Task<Outcome<Place>> Walk(
        Place start,
        string path,
        string field,
        Func<string, Failure> missing,
        CancellationToken cancel
    )
    {
        if (path.Any(letter => char.IsControl(letter) || letter == '\\') || path.Length > 1024)
            return SourceFailures.BadPath(field);
        var above = new Stack<Place>([start]);
        var ahead = new Stack<string>(path.Split('/').Reverse());
        for (var links = 0; ahead.TryPop(out var name); )
        {
            if (name is "" or ".")
                continue;
            if (name == "..")
                return SourceFailures.Outside(field, path);
            if (above.Peek() is not { Entry.Kind: EntryKind.Directory } here)
                return missing($"a file {string.Join('/', above.Peek().Path)}");
            if (!(await reader.List(here.Entry.Id, cancel)).Try(out var entries, out var failure))
                return failure;
            if (entries.FirstOrDefault(entry => entry.Name == name) is not { } found)
                return missing(Named(entries));
            if (found.Kind != EntryKind.Link)
                above.Push(new Place([.. here.Path, name], found));
            else if (++links > MostLinks || !(await Follow(found, above, ahead, cancel)).Ok)
                return SourceFailures.Outside(field, path);
        }
        return above.Peek();
    }

    /// <summary>Replaces a link by the names it consists of, starting from where it stands.</summary>
    private async Task<Outcome<Done>> Follow(
        TreeEntry link,
        Stack<Place> above,
        Stack<string> ahead,
        CancellationToken cancel
    )
    {
        if (!(await reader.Link(link.Id, cancel)).Try(out var target, out var failure))
            return failure;
        var names = target.Split('/');
        if (target.StartsWith('/') || names.Any(name => name.Any(char.IsControl)))
            return SourceFailures.Outside("", target);
        var rest = names.SkipWhile(name => name is ".." or "." or "").ToList();
        foreach (var _ in names.Take(names.Length - rest.Count).Where(name => name == ".."))
        {
            above.Pop();
            if (above.Count == 0)
                return SourceFailures.Outside("", target);
        }
        foreach (var name in rest.AsEnumerable().Reverse())
            ahead.Push(name);
        return Done.It;
    }

    private static string Named(IReadOnlyList<TreeEntry> entries)
    {
        if (entries.Count == 0)
            return "nothing";
        var shown = entries.Take(NamesShown).Select(entry => Clean(entry.Name));
        var more = entries.Count > NamesShown ? $" and {entries.Count - NamesShown} more" : "";
        return string.Join(", ", shown) + more;
    }

    private static string Clean(string name)
    {
        var plain = Logs.PlainText.Of(name);
        return plain.Length <= 60 ? plain : plain[..60] + "…";
    }
}
