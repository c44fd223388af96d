namespace Fairlead.Server.Leases;

/// <summary>What a lease opens a door for.</summary>
internal static class LeasePurpose
{
    public const string Clone = "clone";
    public const string Pull = "pull";
    public const string Push = "push";
}
