using Fairlead.Server.Data;

namespace Fairlead.Server.Hosting;

/// <summary>One server a data directory: the lock ends with the process, however it ends.</summary>
internal sealed class InstanceLock(ServerOptions options) : IDisposable
{
    private FileStream? _file;

    /// <exception cref="StartupException">Another server has it.</exception>
    public void Take()
    {
        try
        {
            var path = Path.Combine(options.Data, "server.lock");
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartupException(HostingFailures.DataInUse(options.Data));
        }
    }

    public void Dispose() => _file?.Dispose();
}
