using System.Net;
using Fairlead.Core.Connections;

namespace Fairlead.Tests.Support;

/// <summary>Rules as an administrator would set them for a test on this machine.</summary>
public static class Reach
{
    /// <summary>This machine, over http too.</summary>
    public static IReadOnlyList<ReachRule> Loopback { get; } =
    [
        new ReachRule("*", IPNetwork.Parse("127.0.0.0/8"), 0, true),
        new ReachRule("*", IPNetwork.Parse("::1/128"), 0, true),
    ];
}
