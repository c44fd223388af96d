using Fairlead.Server.Data;

namespace Fairlead.Server.Events.Ledger;

/// <summary>
/// What an event does, inside the ledger's transaction: the rules of all images bound to its source are asked. Asked
/// again for the same event, it does only what is missing.
/// </summary>
/// <returns>One sentence on what became of the event.</returns>
internal delegate Task<string> ActOnEvent(FairleadDb db, EventRow change, CancellationToken cancel);
