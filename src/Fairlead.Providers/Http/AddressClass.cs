using System.Net;
using System.Net.Sockets;

namespace Fairlead.Providers.Http;

internal enum AddressClass
{
    Public,

    /// <summary>Only with an administrator's rule: private networks, this machine.</summary>
    NeedsRule,

    /// <summary>No rule opens it: link-local, metadata, multicast, reserved.</summary>
    Never,
}

/// <summary>Sorts addresses as facts/security.md 2B does, IPv4 hidden in IPv6 included.</summary>
internal static class AddressClasses
{
    public static AddressClass Of(IPAddress address)
    {
        var plain = Unwrap(address);
        if (Never.Any(network => network.Contains(plain)))
            return AddressClass.Never;
        return NeedsRule.Any(network => network.Contains(plain)) ? AddressClass.NeedsRule : AddressClass.Public;
    }

    /// <summary>
    /// The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4, Teredo), else the address.
    /// </summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        var at =
            Compatible.Contains(address)
            && !address.Equals(IPAddress.IPv6Loopback)
            && !address.Equals(IPAddress.IPv6Any)
                ? 12
            : EmbeddedLast.Any(network => network.Contains(address)) ? 12
            : SixToFour.Contains(address) ? 2
            : -1;
        if (at >= 0)
            return new IPAddress(bytes.AsSpan(at, 4));
        return Teredo.Contains(address) ? new IPAddress(bytes[12..].Select(part => (byte)~part).ToArray()) : address;
    }

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    private static readonly IPNetwork[] EmbeddedLast = Networks("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48");

    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "100.100.100.200/32",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
        "fd00:ec2::254/128"
    );

    private static readonly IPNetwork[] NeedsRule = Networks(
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "198.18.0.0/15",
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "::1/128",
        "fc00::/7",
        "2001:db8::/32"
    );

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
