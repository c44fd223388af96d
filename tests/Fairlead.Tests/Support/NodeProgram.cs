using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support;

/// <summary>Runs a script of <c>tests/npm</c>: clients and schemas that we did not write.</summary>
internal static class NodeProgram
{
    public static string Directory { get; } = Path.Combine(RepositoryRoot.Path, "tests", "npm");

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its error text.</exception>
    public static Task<string> Run(string script, string input, params string[] arguments)
    {
        Assert.True(
            System.IO.Directory.Exists(Path.Combine(Directory, "node_modules")),
            "The packages of tests/npm are not installed: run ./dev test, or npm ci --prefix tests/npm."
        );
        return Tool.Run("node", [script, .. arguments], Directory, input: input);
    }

    /// <summary>A file of a package.</summary>
    public static Task<string> Read(string file)
    {
        var path = Path.Combine(Directory, "node_modules", file);
        Assert.True(File.Exists(path), "The packages of tests/npm are not installed: npm ci --prefix tests/npm.");
        return File.ReadAllTextAsync(path);
    }
}
