using Fairlead.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web;

internal static class Paging
{
    public const int Largest = 200;

    /// <summary>What a list's <c>q</c> looks for: lower case, null for everything.</summary>
    public static string? Part(this string? q) => q?.Trim().ToLowerInvariant() is { Length: > 0 } part ? part : null;

    /// <summary>One page of an ordered query; out-of-range numbers are brought into range.</summary>
    public static async Task<Page<T>> ToPage<T>(
        this IQueryable<T> ordered,
        int number,
        int size,
        CancellationToken cancel
    )
    {
        size = Math.Clamp(size, 1, Largest);
        var total = await ordered.CountAsync(cancel);
        number = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));
        var items = await ordered.Skip((number - 1) * size).Take(size).ToListAsync(cancel);
        return new Page<T>(items, total, number, size);
    }

    /// <summary>One page of what another system answered as a whole.</summary>
    public static Page<T> Cut<T>(this IReadOnlyList<T> all, int number, int size)
    {
        size = Math.Clamp(size, 1, Largest);
        number = Math.Clamp(number, 1, Math.Max(1, (all.Count + size - 1) / size));
        return new Page<T>(all.Skip((number - 1) * size).Take(size).ToList(), all.Count, number, size);
    }

    public static Page<TNext> Map<T, TNext>(this Page<T> page, Func<T, TNext> map) =>
        new(page.Items.Select(map).ToList(), page.Total, page.Number, page.Size);
}
