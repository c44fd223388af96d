using System.Buffers.Text;
using System.Security.Cryptography;

namespace Fairlead.Programs.Git;

/// <summary>
/// A directory nobody else may enter (mode 0700), gone when disposed of. On tmpfs it never reaches a disk.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path;

    /// <param name="root">Where to make it; an existing directory on tmpfs.</param>
    public PrivateDirectory(string root)
    {
        _path = Path.Combine(root, "fairlead-git-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        Directory.CreateDirectory(_path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>The machine's shared memory, or the temporary directory where there is none.</summary>
    public static string SharedMemory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Writes a file of mode 0600, wipes <paramref name="content"/> and gives the file's path.</summary>
    public string Save(string name, byte[] content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var file = new FileStream(PathOf(name), options))
            file.Write(content);
        CryptographicOperations.ZeroMemory(content);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
