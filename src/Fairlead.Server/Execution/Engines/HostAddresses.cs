using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Fairlead.Server.Execution.Engines;

/// <summary>The machine's own addresses: a build must not reach services that listen on them.</summary>
internal static class HostAddresses
{
    /// <summary>
    /// All IPv4 addresses of this machine but 127.0.0.1. Inside an engine's namespace they are given to its own
    /// loopback device, so that nothing sent to them leaves it. (The namespace has no IPv6.)
    /// </summary>
    public static IReadOnlyList<string> Own() =>
        [
            .. NetworkInterface
                .GetAllNetworkInterfaces()
                .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
                .Where(address =>
                    address.AddressFamily == AddressFamily.InterNetwork && !address.Equals(IPAddress.Loopback)
                )
                .Select(address => address.ToString())
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The address of this machine that a host name leads to, or null when it leads elsewhere.</summary>
    public static async Task<string?> OfThisMachine(string host, CancellationToken cancel)
    {
        try
        {
            var own = Own();
            var found = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancel);
            var here = found.FirstOrDefault(a => IPAddress.IsLoopback(a) || own.Contains(a.ToString()));
            return here?.ToString();
        }
        catch (SocketException)
        {
            return null; // Unknown names are the engine's to report, with the reference they stand in.
        }
    }
}
