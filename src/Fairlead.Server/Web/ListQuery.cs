using Fairlead.Contracts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web;

/// <summary>What a list was asked for in its address: a text, choices, a page.</summary>
internal sealed class ListQuery(HttpRequest request)
{
    public const int Size = 25;

    public static ListQuery Of(HttpRequest request) => new(request);

    /// <summary>The text filter in lower case; empty for none.</summary>
    public string Text => this["q"].ToLowerInvariant();

    public int Number => int.TryParse(this["page"], out var number) ? Math.Clamp(number, 1, 100_000) : 1;

    /// <summary>A choice as text; null when none was made.</summary>
    public string? Or(string name) => this[name] is { Length: > 0 } value ? value : null;

    public long? Id(string name) => long.TryParse(this[name], out var id) ? id : null;

    public string this[string name] => request.Query[name].ToString().Trim();

    /// <summary>A choice of an enumeration; null when none or an unknown one was asked for.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(this[name], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>Whether anything narrows the list: an empty one then says so instead of teaching.</summary>
    public bool Narrows => request.Query.Any(part => part.Key != "page" && part.Value.ToString().Length > 0);

    /// <summary>The same list, another page.</summary>
    public string Page(int number) =>
        QueryHelpers.AddQueryString(
            request.Path,
            request
                .Query.Where(part => part.Key != "page" && part.Value.ToString().Length > 0)
                .Select(part => KeyValuePair.Create(part.Key, (string?)part.Value.ToString()))
                .Append(KeyValuePair.Create("page", (string?)number.ToString()))
        );

    /// <summary>Cuts one page out of a sorted query, in the database.</summary>
    public async Task<Page<T>> Cut<T>(IQueryable<T> sorted, CancellationToken cancel)
    {
        var total = await sorted.CountAsync(cancel);
        var items = await sorted.Skip((Number - 1) * Size).Take(Size).ToListAsync(cancel);
        return new Page<T>(items, total, Number, Size);
    }
}
