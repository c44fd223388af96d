using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// Asks a source's host for its branches and tags. A failure that <see cref="Retry.NeedsPerson"/> stops further
/// looks until the connection is changed or a person asks.
/// </summary>
/// <param name="known">The mark of what it answered before; null asks for the list in any case.</param>
internal delegate Task<Outcome<RefList>> AskHost(SourceRow source, string? known, CancellationToken cancel);
