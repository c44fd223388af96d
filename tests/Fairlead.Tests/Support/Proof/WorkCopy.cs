using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support.Proof;

/// <summary>A person's clone, from which they push with the real git and their password.</summary>
internal sealed class WorkCopy : IDisposable
{
    private readonly TempDir _directory = new();

    public static async Task<WorkCopy> Of(Uri remote, string user, string password)
    {
        var copy = new WorkCopy();
        copy._directory.Write("login", $"username={user}\npassword={password}\n");
        await copy.Git("init", "--quiet", "--initial-branch=main", ".");
        await copy.Git("remote", "add", "origin", remote.AbsoluteUri);
        await copy.Git("config", "credential.helper", $"!cat '{copy._directory["login"]}';:");
        return copy;
    }

    /// <summary>Files in the next commit.</summary>
    public WorkCopy Write(string name, string text)
    {
        _directory.Write($"tree/{name}", text);
        return this;
    }

    public WorkCopy Remove(string name)
    {
        File.Delete(_directory[$"tree/{name}"]);
        return this;
    }

    public void Copy(string file, string name) => File.Copy(file, _directory[$"tree/{name}"]);

    /// <returns>The commit.</returns>
    public async Task<string> Push(string message)
    {
        await Git("add", "--all");
        await Git("commit", "--quiet", "--allow-empty", "--message", message);
        await Git("push", "--quiet", "origin", "main");
        return (await Git("rev-parse", "HEAD")).Trim();
    }

    /// <summary>Commits on a branch that begins at main's last commit, pushes it, and returns to main.</summary>
    public async Task Branch(string name, string message)
    {
        await Git("switch", "--quiet", "--create", name);
        await Git("add", "--all");
        await Git("commit", "--quiet", "--allow-empty", "--message", message);
        await Git("push", "--quiet", "origin", name);
        await Git("switch", "--quiet", "main");
    }

    /// <summary>Tags the last commit and pushes the tag.</summary>
    public async Task Tag(string name)
    {
        await Git("tag", name);
        await Git("push", "--quiet", "origin", name);
    }

    /// <summary>What a ref leads to, newest first.</summary>
    public async Task<IReadOnlyList<string>> Commits(string name) =>
        (await Git("rev-list", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _directory.Dispose();

    public Task<string> Git(params string[] arguments) =>
        Tool.Run("git", arguments, _directory.Sub("tree"), Emulators.Git.Git.Environment);
}
