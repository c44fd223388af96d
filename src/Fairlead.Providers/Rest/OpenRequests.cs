using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.Rest;

/// <summary>From a host's list of requests into ours: one left out would look like one that is closed.</summary>
internal static class OpenRequests
{
    public static Outcome<IReadOnlyList<OpenRequest>> Of<T>(
        Outcome<IReadOnlyList<T>> listed,
        RestClient rest,
        Func<T, OpenRequest?> read
    ) => listed.Then(all => Read(all, rest, read));

    private static Outcome<IReadOnlyList<OpenRequest>> Read<T>(
        IReadOnlyList<T> all,
        RestClient rest,
        Func<T, OpenRequest?> read
    )
    {
        var requests = new List<OpenRequest>();
        foreach (var one in all)
            if (read(one) is { } request)
                requests.Add(request);
            else
                return RestFailures.OddRequest(rest.Style.Base.IdnHost);
        return requests;
    }
}
