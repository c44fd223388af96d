namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// The one way out of an engine's namespace to this machine: a listener inside on the registry's own address and port,
/// a Unix socket, and a relay outside to the registry.
/// </summary>
/// <param name="Host">Host and port as image references name it.</param>
/// <param name="Address">IPv4 address of this machine the host leads to.</param>
internal sealed record Door(string Host, string Address, int Port)
{
    /// <summary>As the scripts read it.</summary>
    public string Spelled => $"{Address}:{Port}";

    /// <summary>The door a registry needs, or null when it is not on this machine.</summary>
    public static async Task<Door?> For(RegistryReach registry, CancellationToken cancel)
    {
        var colon = registry.Host.LastIndexOf(':');
        var name = colon < 0 ? registry.Host : registry.Host[..colon];
        var port =
            colon < 0 ? (registry.PlainHttp ? 80 : 443)
            : int.TryParse(registry.Host[(colon + 1)..], out var typed) ? typed
            : 0;
        return port is > 0 and < 65536 && await HostAddresses.OfThisMachine(name, cancel) is { } address
            ? new Door(registry.Host, address, port)
            : null;
    }
}
