using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Runner.Sources;

/// <summary>
/// A slot's work tree, kept between jobs: going from one commit to the next writes only the files that differ. Links
/// stay links, as the image must have them; nothing on this side follows one (facts/security.md T33).
/// </summary>
internal sealed class WorkTree(GitProgram git, MirrorPlace place)
{
    private static readonly TimeSpan Writing = TimeSpan.FromMinutes(20);

    /// <summary>Makes the tree exactly the commit's: nothing more, nothing less.</summary>
    public async Task<Outcome<Done>> CheckOut(CommitSha commit, CancellationToken cancel)
    {
        if (!(await Open(cancel)).Try(out _, out var failure))
            return failure;
        var written = await Git("read-tree", ["--reset", "-u", commit.Value], cancel);
        if (!written.Ok)
            return written.Failure;
        return (await Git("clean", ["-ffdxq"], cancel)).Map(_ => Done.It);
    }

    private async Task<Outcome<Done>> Open(CancellationToken cancel)
    {
        Directories.MakePrivate(place.Tree);
        var alternates = Path.Combine(place.SlotRepository, "objects", "info", "alternates");
        if (!File.Exists(alternates))
        {
            Directories.Remove(place.SlotRepository);
            Directories.MakePrivate(place.SlotRepository);
            if (!(await Git("init", ["--quiet"], cancel)).Try(out _, out var failure))
                return failure;
            // A repository named by --git-dir is made bare; this one has a tree, the directory git runs in.
            if (!(await Git("config", ["core.bare", "false"], cancel)).Try(out _, out failure))
                return failure;
            Directory.CreateDirectory(Path.GetDirectoryName(alternates)!);
            await File.WriteAllTextAsync(alternates, Path.Combine(place.Mirror, "objects") + "\n", cancel);
        }
        File.Delete(Path.Combine(place.SlotRepository, "index.lock"));
        return Done.It;
    }

    private Task<Outcome<string>> Git(string command, string[] options, CancellationToken cancel) =>
        git.Run(
            new GitCall(command, options)
            {
                GitDirectory = place.SlotRepository,
                Directory = place.Tree,
                Symlinks = true,
                Timeout = Writing,
            },
            cancel
        );
}
