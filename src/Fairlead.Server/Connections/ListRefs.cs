using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Events;

namespace Fairlead.Server.Connections;

/// <summary>Asks a code host for the branches and tags of a repository.</summary>
internal sealed class ListRefs(ConnectionOpener opener, UsableConnections connections)
{
    public async Task<Outcome<RefsInfo>> Run(string slug, string repository, Caller caller, CancellationToken cancel)
    {
        if (!(await connections.Find(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        return (await Of(row.Id, repository, cancel)).Map(refs => new RefsInfo(
            refs.DefaultBranch,
            [.. refs.Heads.Select(head => new RefInfo(head.Ref.Full, head.Commit.Value))]
        ));
    }

    /// <summary>For the ledger's looks, which nobody in particular asks for.</summary>
    public Task<Outcome<RefList>> OfSource(SourceRow source, CancellationToken cancel) =>
        Of(source.ConnectionId, source.Repository, cancel);

    private async Task<Outcome<RefList>> Of(long connectionId, string repository, CancellationToken cancel)
    {
        if (!(await opener.Open(connectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        return bound.Provider is IListRefs host
            ? await host.ListRefs(bound.Target, repository, cancel)
            : ConnectionFailures.NoRefs;
    }
}
