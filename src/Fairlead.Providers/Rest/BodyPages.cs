using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Reads lists whose pages say in their body where the next one is. A list is read to its end or not at all: a next
/// page of another origin, one that was read already, or a list without end is a failure.
/// </summary>
internal static class BodyPages
{
    /// <param name="next">The address of the page after this one, whole or below the API's base; null or empty after
    /// the last.</param>
    /// <returns>All items, in the host's order.</returns>
    public static async Task<Outcome<IReadOnlyList<T>>> All<T, TPage>(
        RestClient rest,
        RestCall first,
        Func<TPage, IEnumerable<T>> items,
        Func<TPage, string?> next,
        CancellationToken cancel
    )
        where TPage : class
    {
        var all = new List<T>();
        var seen = new HashSet<string>();
        var url = new Uri(rest.Style.Base, first.Path);
        while (true)
        {
            if (!rest.IsOurs(url) || !seen.Add(url.AbsoluteUri) || seen.Count > LinkedPages.MostPages)
                return RestFailures.OddPages(rest.Style.Base.IdnHost);
            var read = await rest.Read<TPage>(first with { Path = url.PathAndQuery }, cancel);
            if (!read.Try(out var page, out var failure))
                return failure;
            all.AddRange(items(page));
            if (next(page) is not { Length: > 0 } address)
                return all;
            if (!Uri.TryCreate(rest.Style.Base, address, out url!))
                return RestFailures.OddPages(rest.Style.Base.IdnHost);
        }
    }
}
