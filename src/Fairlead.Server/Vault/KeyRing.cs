using Fairlead.Server.Data;

namespace Fairlead.Server.Vault;

/// <summary>The key-encryption keys in memory, read again when another server replaced the file.</summary>
internal sealed class KeyRing(KeyFile file)
{
    private readonly Lock _lock = new();
    private (DateTime, long) _stamp;
    private IReadOnlyList<KeyEncryptionKey> _keys = [];

    /// <summary>Oldest first; the last one writes.</summary>
    public IReadOnlyList<KeyEncryptionKey> Keys
    {
        get
        {
            lock (_lock)
            {
                var stamp = file.Stamp;
                if (_stamp != stamp)
                    (_keys, _stamp) = (file.Read(), stamp);
                return _keys;
            }
        }
    }

    public KeyEncryptionKey Newest => Keys[^1];

    public KeyEncryptionKey? Find(string id) => Keys.FirstOrDefault(key => key.Id == id);

    public bool FileExists => file.Exists;

    public string Path => file.Path;

    /// <exception cref="StartupException">The file cannot be written.</exception>
    public void Replace(IReadOnlyList<KeyEncryptionKey> keys)
    {
        lock (_lock)
        {
            try
            {
                file.Write(keys);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new StartupException(VaultFailures.NotWritable(file.Path));
            }
            (_keys, _stamp) = (keys, file.Stamp);
        }
    }
}
