using System.Buffers.Text;
using System.Text;
using Fairlead.Server.Data;

namespace Fairlead.Server.Vault;

/// <summary>
/// The file of key-encryption keys: one <c>ID BASE64</c> a line, oldest first; the last one writes. Only its owner may
/// read it, and it is replaced as a whole (written beside, flushed, renamed), so a crash leaves the old or the new one.
/// </summary>
internal sealed class KeyFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    public string Path => path;

    public bool Exists => File.Exists(path);

    /// <summary>Changes whenever another process replaces the file.</summary>
    public (DateTime Written, long Length) Stamp => (File.GetLastWriteTimeUtc(path), new FileInfo(path).Length);

    /// <exception cref="StartupException">Readable by others, or not a key file.</exception>
    public IReadOnlyList<KeyEncryptionKey> Read()
    {
        if ((File.GetUnixFileMode(path) & Others) != 0)
            throw new StartupException(VaultFailures.ReadableByOthers(path));
        var keys = File.ReadLines(path).Where(line => line is not ("" or ['#', ..])).Select(Parse).ToList();
        return keys.Count > 0 ? keys : throw new StartupException(VaultFailures.NotAKeyFile(path));
    }

    public void Write(IEnumerable<KeyEncryptionKey> keys)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var text = new StringBuilder(
            "# Fairlead's key-encryption keys. Keep a copy elsewhere: without it no secret opens.\n"
        );
        foreach (var key in keys)
            text.Append(key.Id).Append(' ').Append(Convert.ToBase64String(key.Bytes)).Append('\n');
        var beside = $"{path}.new";
        File.Delete(beside);
        var create = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var file = new FileStream(beside, create))
        {
            file.Write(Encoding.ASCII.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
        DirectorySync.Flush(folder);
    }

    private KeyEncryptionKey Parse(string line)
    {
        var parts = line.Split(' ');
        var bytes = GC.AllocateArray<byte>(KeyEncryptionKey.Size, pinned: true);
        var valid =
            parts.Length == 2
            && parts[0].StartsWith("kek_", StringComparison.Ordinal)
            && Base64.IsValid(parts[1], out var length)
            && length == KeyEncryptionKey.Size
            && Convert.TryFromBase64String(parts[1], bytes, out _);
        return valid
            ? new KeyEncryptionKey(parts[0], bytes)
            : throw new StartupException(VaultFailures.NotAKeyFile(path));
    }
}
