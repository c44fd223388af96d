using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Connections;

internal static class ReachRuleFailures
{
    public static readonly Failure Host = new("reach.rule-host", "This is no host name or address.", 422)
    {
        Field = "host",
        Remedy = "Enter it as it stands in the connection's address, or * for any.",
    };

    public static readonly Failure Network = new("reach.rule-network", "This is no network.", 422)
    {
        Field = "network",
        Remedy = "Enter an address range such as 10.0.0.0/8, with no bits set after the prefix.",
    };

    public static readonly Failure Port = new("reach.rule-port", "A port is a number up to 65535.", 422)
    {
        Field = "port",
        Remedy = "Enter 0 for any port.",
    };

    public static Failure Unknown(long id) => new("reach.rule-unknown", $"There is no reach rule {id}.", 404);
}
