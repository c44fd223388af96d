using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support;

/// <summary>The working tree these tests were built from.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>Files git tracks, or would track, relative to the root; git's ignore rules hold.</summary>
    public static async Task<IReadOnlyList<string>> Files()
    {
        var list = await Tool.Run(
            "git",
            ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            Path
        );
        return [.. list.Split('\0').Where(file => file.Length > 0 && File.Exists(System.IO.Path.Combine(Path, file)))];
    }

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Fairlead.slnx")))
                return at.FullName;
        throw new InvalidOperationException("These tests read the working tree, and run inside it only.");
    }
}
