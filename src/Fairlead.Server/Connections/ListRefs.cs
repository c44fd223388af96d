using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Server.Events;

namespace Fairlead.Server.Connections;

/// <summary>Asks a code host for the branches and tags of a repository.</summary>
internal sealed class ListRefs(ConnectionOpener opener)
{
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
