using System.Text.RegularExpressions;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Server.Web;

namespace Fairlead.Server.Connections;

/// <summary>Asks a code host for the branches and tags of a repository.</summary>
internal sealed partial class ListRefs(ConnectionOpener opener, UsableConnections connections, RequestRules requests)
{
    public async Task<Outcome<RefsInfo>> Run(
        string slug,
        string repository,
        string? q,
        int page,
        int size,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.Find(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        return (await Of(row.Id, repository, cancel)).Map(refs => new RefsInfo(
            refs.DefaultBranch,
            Sorted(refs, q.Part()).ToList().Cut(page, size)
        ));
    }

    private static IEnumerable<RefInfo> Sorted(RefList refs, string? part) =>
        from head in refs.Heads
        let name = head.Ref.Full
        where part is null || name.Contains(part, StringComparison.OrdinalIgnoreCase)
        let kind = name == "refs/heads/" + refs.DefaultBranch ? 0
        : head.Ref.Kind == RefKind.Branch ? 1
        : 2
        orderby kind, kind < 2 ? name : null, Version(name) descending, name descending
        select new RefInfo(name, head.Commit.Value);

    /// <summary>Digits padded, so that v1.10 is above v1.9.</summary>
    private static string Version(string name) => Digits().Replace(name, digits => digits.Value.PadLeft(12, '0'));

    [GeneratedRegex("[0-9]{1,12}")]
    private static partial Regex Digits();

    /// <summary>
    /// For the ledger's looks, which nobody in particular asks for; with the open requests where a rule is about such.
    /// </summary>
    public async Task<Outcome<RefList>> OfSource(SourceRow source, string? known, CancellationToken cancel)
    {
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IListRequests host || !await requests.Hear(source.Id, cancel))
            return await Of(bound, source.Repository, known, cancel);
        if (!(await Of(bound, source.Repository, WholeMark.Parse(known)?.Refs, cancel)).Try(out var refs, out failure))
            return failure;
        var listed = await host.ListRequests(bound.Target, source.Repository, cancel);
        if (!refs.IsSame)
            return refs.With(listed);
        // Its refs are the same again; where its requests are others, the refs are read after all.
        return refs.With(listed).Mark == known
            ? RefList.Same(known!)
            : (await Of(bound, source.Repository, null, cancel)).Map(all => all.With(listed));
    }

    private async Task<Outcome<RefList>> Of(long connectionId, string repository, CancellationToken cancel) =>
        (await opener.Open(connectionId, cancel)).Try(out var bound, out var failure)
            ? await Of(bound, repository, null, cancel)
            : failure;

    private static async Task<Outcome<RefList>> Of(
        Bound bound,
        string repository,
        string? known,
        CancellationToken cancel
    ) =>
        bound.Provider is IListRefs host
            ? await host.ListRefs(bound.Target, repository, known, cancel)
            : ConnectionFailures.NoRefs;
}
