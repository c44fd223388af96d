using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Reads lists whose pages are linked by <c>Link</c> headers (RFC 8288). A list is read to its end or not at all: a
/// link to another origin, to a page that was read already, or a list without end is a failure.
/// </summary>
internal static partial class LinkedPages
{
    /// <summary>100,000 things at 100 a page.</summary>
    internal const int MostPages = 1000;

    /// <summary>
    /// Well below what hosts call abuse (GitHub: 100 at a time); most of a list's time is waiting for answers.
    /// </summary>
    private const int SideBySide = 12;

    /// <summary>Bytes that a page without things may have: brackets, and a count around them.</summary>
    private const int EmptyPage = 200;

    /// <summary>All items, in the host's order.</summary>
    public static async Task<Outcome<IReadOnlyList<T>>> All<T, TPage>(
        RestClient rest,
        RestCall first,
        Func<TPage, IEnumerable<T>> items,
        CancellationToken cancel
    )
        where TPage : class
    {
        if (!(await rest.Send(first, cancel)).Try(out var answer, out var failure))
            return failure;
        if (!rest.Parse<TPage>(answer).Try(out var page, out failure))
            return failure;
        var start = items(page).ToList();
        var others = NumberedRest(rest, answer) is { Count: > 0 } numbered
            ? await SideBySideRest(rest, first, answer, numbered, items, cancel)
            : await OneByOne(rest, first, answer, items, cancel);
        return others.Map<IReadOnlyList<T>>(more => [.. start, .. more]);
    }

    /// <summary>Pages 2 to N where the first page names the last by its number; null where it does not.</summary>
    private static List<string>? NumberedRest(RestClient rest, RestAnswer answer)
    {
        var (next, last) = (Link(answer, "next"), Link(answer, "last"));
        if (next is null || last is null || !rest.IsOurs(next) || !rest.IsOurs(last))
            return null;
        if (Number(next) != 2 || Number(last) is not (>= 2 and <= MostPages and var count))
            return null;
        if (PageNumber().Replace(next.PathAndQuery, "") != PageNumber().Replace(last.PathAndQuery, ""))
            return null;
        return [.. Enumerable.Range(2, count - 1).Select(number => Page(next, number))];
    }

    private static string Page(Uri next, int number) =>
        PageNumber().Replace(next.PathAndQuery, found => $"{found.Groups["mark"].Value}page={number}");

    private static int? Number(Uri page) =>
        PageNumber().Match(page.PathAndQuery) is { Success: true } found
            ? int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>
    /// These pages, several at a time; their items in the order of the pages. Two pages of the same words are one page
    /// that was shown twice, by a host that does not know the number.
    /// </summary>
    internal static async Task<Outcome<List<T>>> SideBySideRest<T, TPage>(
        RestClient rest,
        RestCall first,
        RestAnswer answer,
        List<string> pages,
        Func<TPage, IEnumerable<T>> items,
        CancellationToken cancel
    )
        where TPage : class
    {
        var found = new List<T>[pages.Count];
        var shown = new ConcurrentDictionary<string, bool> { [Print(answer)] = true };
        Failure? refusal = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stop.Token };
        try
        {
            await Parallel.ForAsync(
                0,
                pages.Count,
                options,
                async (i, either) =>
                {
                    var page = (await rest.Send(first with { Path = pages[i] }, either)).Then(more =>
                        shown.TryAdd(Print(more), true) ? rest.Parse<TPage>(more) : OddPages<TPage>(rest)
                    );
                    if (page.Ok)
                        found[i] = [.. items(page.Value)];
                    else if (Interlocked.CompareExchange(ref refusal, page.Failure, null) is null)
                        await stop.CancelAsync();
                }
            );
        }
        catch (OperationCanceledException) when (refusal is not null && !cancel.IsCancellationRequested) { }
        return refusal is not null ? refusal : found.SelectMany(page => page).ToList();
    }

    private static Outcome<TPage> OddPages<TPage>(RestClient rest) => RestFailures.OddPages(rest.Style.Base.IdnHost);

    /// <summary>An empty page is known by its address: several at the end of a shrinking list are no circle.</summary>
    private static string Print(RestAnswer answer) =>
        answer.Response.Body.Length <= EmptyPage
            ? answer.Url.AbsoluteUri
            : Convert.ToHexString(SHA256.HashData(answer.Response.Body));

    private static async Task<Outcome<List<T>>> OneByOne<T, TPage>(
        RestClient rest,
        RestCall first,
        RestAnswer answer,
        Func<TPage, IEnumerable<T>> items,
        CancellationToken cancel
    )
        where TPage : class
    {
        var all = new List<T>();
        var seen = new HashSet<string> { answer.Url.AbsoluteUri };
        while (Link(answer, "next") is { } next)
        {
            if (!rest.IsOurs(next) || !seen.Add(next.AbsoluteUri) || seen.Count > MostPages)
                return RestFailures.OddPages(rest.Style.Base.IdnHost);
            if (!(await rest.Send(first with { Path = next.PathAndQuery }, cancel)).Try(out var more, out var failure))
                return failure;
            if (!rest.Parse<TPage>(more).Try(out var page, out failure))
                return failure;
            all.AddRange(items(page));
            answer = more;
        }
        return all;
    }

    /// <summary>The target of the link with this relation; null when there is none.</summary>
    internal static Uri? Link(RestAnswer answer, string relation)
    {
        foreach (Match link in Links().Matches(string.Join(", ", answer.Response.Header("Link"))))
            if (link.Groups["rel"].Value == relation && Uri.TryCreate(answer.Url, link.Groups["to"].Value, out var to))
                return to;
        return null;
    }

    [GeneratedRegex(
        """<(?<to>[^>]*)>\s*(;\s*[a-z]+="?[^",;]*"?\s*)*?;\s*rel="?(?<rel>[a-z]+)"?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<mark>[?&])page=(?<number>\d{1,6})(?=&|$)")]
    private static partial Regex PageNumber();
}
