using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Web;

namespace Fairlead.Server.Hosts;

/// <param name="Q">Words that all stand in the name.</param>
/// <param name="Fresh">Ask the host even if it was asked a moment ago.</param>
internal sealed record RepositoryQuery(string? Q, int Page = 1, int Size = 25, bool Fresh = false)
{
    /// <summary>
    /// How long the host may take before the answer is <c>host.still-listing</c>; null for as long as it takes. The
    /// host goes on being asked.
    /// </summary>
    public TimeSpan? Patience { get; init; }
}

/// <summary>The repositories that a connection's credential reaches, searched and paged here.</summary>
internal sealed class ListRepositories(UsableConnections connections, ConnectionOpener opener, RepositoryLists lists)
{
    public async Task<Outcome<Page<RepositoryInfo>>> Run(
        string slug,
        RepositoryQuery query,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.Find(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        if (!(await opener.Open(row, cancel)).Try(out var bound, out failure))
            return failure;
        if (bound.Provider is not IListRepositories host)
            return HostFailures.NoList(bound.Provider.Title);
        var list = lists.Of(bound, host, query.Fresh);
        if (query.Patience is { } patience && await Task.WhenAny(list, Task.Delay(patience, cancel)) != list)
            return HostFailures.StillListing;
        if (!(await list.WaitAsync(cancel)).Try(out var all, out failure))
            return failure;
        var words = (query.Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = all.Where(one => words.All(word => one.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return found.Cut(query.Page, query.Size).Map(Of);
    }

    private static RepositoryInfo Of(HostedRepository one) =>
        new(one.Id, one.Name)
        {
            DefaultBranch = one.DefaultBranch,
            IsPrivate = one.IsPrivate,
            IsArchived = one.IsArchived,
            Page = one.Page,
        };
}
