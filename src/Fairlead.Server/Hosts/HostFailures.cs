using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Hosts;

internal static class HostFailures
{
    public static Failure NoHooks(string title) =>
        new("host.no-hooks", $"{title} has no function to register hooks.", 422)
        {
            Remedy = "Paste the hook's address and secret at the host, or rely on polling.",
        };

    public static Failure NoList(string title) =>
        new("host.no-list", $"{title} has no function to list repositories.", 422)
        {
            Remedy = "Type the repository's name.",
        };
}
