using Fairlead.Server.Hosting;

namespace Fairlead.Server.Registry;

/// <summary>Where the managed registry lives and what it is called.</summary>
/// <param name="Name">What image references begin with; also the <c>service</c> of its tokens.</param>
/// <param name="Address">Host and port it listens on.</param>
/// <param name="Root">Its directory: configuration, key certificate, blobs.</param>
internal sealed record RegistryOptions(string Name, string Address, string Root)
{
    public const string TokenPath = "/registry/token";
    public const string EventsPath = "/registry/events";

    /// <summary>Null when this instance is started without a registry of its own.</summary>
    public static RegistryOptions? From(ServerOptions server) =>
        server.RegistryListen.Length == 0
            ? null
            : new(
                server.RegistryName ?? server.RegistryListen,
                server.RegistryListen,
                Path.Combine(server.Data, "registry")
            );

    /// <summary>Where programs on this machine reach it.</summary>
    public string LocalAddress => Address.Replace("0.0.0.0:", "127.0.0.1:").Replace("[::]:", "[::1]:");

    public string ConfigFile => Path.Combine(Root, "config.yml");
    public string CertificateFile => Path.Combine(Root, "token-signer.pem");
    public string ProcessFile => Path.Combine(Root, "registry.pid");
    public string LogFile => Path.Combine(Root, "registry.log");
}
