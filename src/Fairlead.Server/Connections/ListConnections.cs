using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>What a list of connections is narrowed to.</summary>
#nullable disable annotations // What ASP.NET Core generates to bind it names these types in typeof().
internal sealed record ConnectionFilter(
    string Q = null,
    string Kind = null,
    string Verdict = null,
    int Page = 1,
    int Size = 25
);

#nullable restore annotations

/// <summary>The connections the caller may know of, by name.</summary>
internal sealed class ListConnections(UsableConnections connections, ShowConnection show)
{
    public async Task<Page<ConnectionView>> Run(ConnectionFilter filter, Caller caller, CancellationToken cancel)
    {
        var rows = connections.KnownTo(caller).AsNoTracking();
        if (filter.Q.Part() is { } text)
            rows = rows.Where(row => row.Slug.Contains(text) || row.Name.ToLower().Contains(text));
        if (filter.Kind is { Length: > 0 } kind)
            rows = rows.Where(row => row.Kind == kind);
        if (Enum.TryParse<VerdictKind>(filter.Verdict, true, out var verdict))
            rows = rows.Where(row => row.VerdictKind == verdict);
        var page = await rows.OrderBy(row => row.Name).ThenBy(row => row.Id).ToPage(filter.Page, filter.Size, cancel);
        return new Page<ConnectionView>(await show.Of(page.Items, caller, cancel), page.Total, page.Number, page.Size);
    }
}
