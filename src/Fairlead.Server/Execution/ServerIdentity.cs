using Fairlead.Server.Hosting;

namespace Fairlead.Server.Execution;

/// <summary>
/// Tells this server's builds from those of others on the same database; the same after every restart.
/// </summary>
internal sealed class ServerIdentity
{
    public ServerIdentity(ServerOptions options)
    {
        var file = Path.Combine(options.Data, "server-id");
        if (!File.Exists(file))
            File.WriteAllText(
                file,
                $"{Environment.MachineName}-{Guid.NewGuid():n}"[..Math.Min(60, Environment.MachineName.Length + 33)]
            );
        Id = File.ReadAllText(file).Trim();
    }

    public string Id { get; }
}
