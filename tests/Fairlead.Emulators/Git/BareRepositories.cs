namespace Fairlead.Emulators.Git;

/// <summary>Bare repositories in one directory, made and filled with real git.</summary>
/// <param name="root">The directory that holds them.</param>
public sealed class BareRepositories(string root)
{
    private const string ReportPushes = """
        #!/bin/sh
        # Tells the emulator what was pushed; it knows where from its environment.
        if [ -n "$EMULATOR_PUSHES" ]; then cat >>"$EMULATOR_PUSHES"; else cat >/dev/null; fi
        """;

    private const string RefuseProtected = """
        #!/bin/sh
        # Refuses pushes to what the repository's settings protect; the emulator itself may do as it likes.
        [ -n "$EMULATOR_PUSHES" ] || exit 0
        while read -r before after name; do
            for one in $(git config --get-all emulator.protected); do
                if [ "$name" = "refs/heads/$one" ]; then
                    git config emulator.refusal | sed "s|BRANCH|$name|" >&2
                    exit 1
                fi
            done
        done
        """;

    public string Root => root;

    /// <summary>Where a repository lies; names may have slashes, <c>.git</c> is added when missing.</summary>
    public string PathOf(string name) => Path.Combine(root, name.EndsWith(".git") ? name : name + ".git");

    /// <summary>Makes an empty repository whose default branch is <c>main</c>.</summary>
    public async Task<string> Create(string name)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(path);
        await Git.Run(path, "init", "--quiet", "--bare", "--initial-branch=main", ".");
        await Git.Run(path, "config", "uploadpack.allowAnySHA1InWant", "true");
        await Git.Run(path, "config", "uploadpack.allowFilter", "true");
        await Hook(path, "post-receive", ReportPushes);
        return path;
    }

    /// <summary>Nobody may push to the branch from now on, nor delete it.</summary>
    /// <param name="words">What the host writes to who tries; <c>BRANCH</c> stands for the ref.</param>
    public async Task Protect(string name, string branch, string words)
    {
        var path = PathOf(name);
        await Hook(path, "pre-receive", RefuseProtected);
        await Git.Run(path, "config", "--add", "emulator.protected", branch);
        await Git.Run(path, "config", "emulator.refusal", words);
    }

    /// <summary>
    /// Makes one commit with exactly these files on a branch (created when absent) without going through the host,
    /// so no push is reported.
    /// </summary>
    /// <returns>The commit's id.</returns>
    public async Task<string> Commit(
        string name,
        IReadOnlyDictionary<string, string> files,
        string branch = "main",
        string message = "change"
    )
    {
        var work = Directory.CreateTempSubdirectory("emulator-git-").FullName;
        try
        {
            await Git.Run(work, "init", "--quiet", $"--initial-branch={branch}", ".");
            await Git.Run(work, "remote", "add", "origin", PathOf(name));
            await Git.Run(work, "fetch", "--quiet", "origin");
            if ((await Git.Run(work, "branch", "--remotes")).Split('\n').Any(b => b.Trim() == $"origin/{branch}"))
                await Git.Run(work, "reset", "--quiet", "--hard", $"origin/{branch}");
            foreach (var old in Directory.EnumerateFileSystemEntries(work).Where(p => Path.GetFileName(p) != ".git"))
                Remove(old);
            foreach (var (file, content) in files)
            {
                var path = Path.Combine(work, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, content);
            }
            await Git.Run(work, "add", "--all");
            await Git.Run(work, "commit", "--quiet", "--allow-empty", "--message", message);
            await Git.Run(work, "push", "--quiet", "origin", $"HEAD:refs/heads/{branch}");
            return (await Git.Run(work, "rev-parse", "HEAD")).Trim();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Points a tag at what a branch, tag or commit is now.</summary>
    public Task Tag(string name, string tag, string at = "main") =>
        Git.Run(PathOf(name), "update-ref", $"refs/tags/{tag}", at);

    private static async Task Hook(string path, string name, string script)
    {
        var hook = Path.Combine(path, "hooks", name);
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, script + "\n");
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
