using Fairlead.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web;

internal static class Paging
{
    private const int Largest = 200;

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

    public static Page<TNext> Map<T, TNext>(this Page<T> page, Func<T, TNext> map) =>
        new(page.Items.Select(map).ToList(), page.Total, page.Number, page.Size);
}
