using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Hosts;

internal static class HostFailures
{
    public static Failure NoHooks(string title) =>
        new("host.no-hooks", $"{title} has no function to register hooks.", 422)
        {
            Remedy = "Paste the hook's address and secret at the host, or rely on polling.",
        };

    /// <summary>Only to those who do not wait for the whole of it.</summary>
    public static readonly Failure StillListing = new(
        "host.still-listing",
        "The host is still being asked for its repositories.",
        503
    )
    {
        Remedy = "Look again in a moment.",
        Retry = Retry.Later,
    };

    public static Failure NoBranches(string title) =>
        new("host.no-branches", $"{title} has no branches that could be changed.", 422)
        {
            Remedy = "Name a connection to a code host.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure MessageTooLong(int most) =>
        new("branch.message", $"A message has at most {most} characters.", 422) { Field = "message" };

    public static Failure NoList(string title) =>
        new("host.no-list", $"{title} has no function to list repositories.", 422)
        {
            Remedy = "Type the repository's name.",
        };
}
