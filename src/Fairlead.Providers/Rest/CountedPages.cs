using System.Globalization;
using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Reads lists whose host counts them in <c>X-Total-Count</c> or <c>X-Total</c>. Links are not asked: such hosts write
/// them with the address they think they have, or leave them out. A list is read to its end or not at all.
/// </summary>
internal static class CountedPages
{
    /// <param name="first">With a query that names how many a page has.</param>
    /// <returns>Each once, in the host's order.</returns>
    public static async Task<Outcome<IReadOnlyList<T>>> All<T>(
        RestClient rest,
        RestCall first,
        Func<T, long> id,
        CancellationToken cancel
    )
    {
        if (!(await rest.Send(first, cancel)).Try(out var answer, out var failure))
            return failure;
        if (!rest.Parse<List<T>>(answer).Try(out var start, out failure))
            return failure;
        if (start.Count == 0)
            return start;
        var others = Count(answer) is { } total
            ? await Numbered<T>(rest, first, answer, (total - 1) / start.Count + 1, cancel)
            : await UntilEmpty<T>(rest, first, cancel);
        if (!others.Try(out var more, out failure))
            return failure;
        // What changes while it is read may stand on two pages; a host that knows no pages shows the first for ever.
        List<T> all = [.. start.Concat(more).DistinctBy(id)];
        return more.Count > 0 && all.Count <= start.Count ? Odd(rest) : all;
    }

    private static async Task<Outcome<List<T>>> Numbered<T>(
        RestClient rest,
        RestCall first,
        RestAnswer answer,
        int pages,
        CancellationToken cancel
    )
    {
        if (pages > LinkedPages.MostPages)
            return Odd(rest);
        List<string> paths = [.. Enumerable.Range(2, pages - 1).Select(page => PathOf(first, page))];
        return await LinkedPages.SideBySideRest<T, List<T>>(rest, first, answer, paths, page => page, cancel);
    }

    private static async Task<Outcome<List<T>>> UntilEmpty<T>(RestClient rest, RestCall first, CancellationToken cancel)
    {
        var all = new List<T>();
        for (var number = 2; number <= LinkedPages.MostPages; number++)
        {
            var page = await rest.Read<List<T>>(first with { Path = PathOf(first, number) }, cancel);
            if (!page.Try(out var items, out var failure))
                return failure;
            if (items.Count == 0)
                return all;
            all.AddRange(items);
        }
        return Odd(rest);
    }

    private static string PathOf(RestCall first, int page) => $"{first.Path}&page={page}";

    private static Failure Odd(RestClient rest) => RestFailures.OddPages(rest.Style.Base.IdnHost);

    private static int? Count(RestAnswer answer) =>
        int.TryParse(Total(answer), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? Math.Max(1, total)
            : null;

    private static string? Total(RestAnswer answer) => answer.Header("X-Total-Count") ?? answer.Header("X-Total");
}
