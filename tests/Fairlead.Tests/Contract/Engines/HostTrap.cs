using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>A place on the machine that anyone may read and write; a build that does either has escaped.</summary>
internal sealed class HostTrap : IDisposable
{
    private const UnixFileMode Everyone =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private readonly string _directory = Directory.CreateTempSubdirectory("fairlead-trap-").FullName;

    public HostTrap()
    {
        File.SetUnixFileMode(_directory, Everyone);
        File.WriteAllText(Canary, Content);
    }

    public string Content { get; } = $"canary-{Guid.NewGuid():N}";
    public string Canary => Path.Combine(_directory, "canary");
    public string Written => Path.Combine(_directory, "written");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>An archive with a link <c>link -> /</c>, for a step that writes through it.</summary>
    public async Task Archive(string path)
    {
        var directory = Directory.CreateTempSubdirectory("fairlead-trap-").FullName;
        File.CreateSymbolicLink(Path.Combine(directory, "link"), "/");
        await Tool.Run("tar", ["-C", directory, "-cf", path, "link"]);
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Arguments of setpriv that make a program run as the engine's own user.</summary>
    public static IReadOnlyList<string> AsEngine(EngineFixture fixture) =>
        Environment.IsPrivilegedProcess
            ? ["--reuid", fixture.Options.EngineUser, "--regid", fixture.Options.EngineUser, "--init-groups"]
            : [];
}
