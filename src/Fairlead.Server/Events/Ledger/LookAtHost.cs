using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Server.Events.Ledger;

/// <summary>What a host answered to a look, and which turn of the source it was asked after.</summary>
internal sealed record Looked(long Turn, Outcome<RefList> Answer);

/// <summary>One look that was due. Only an answer that is new, or none at all, is a matter for the ledger.</summary>
internal sealed class LookAtHost(AskHost ask, QuietLooks quiet, SourceTurn turn)
{
    /// <returns>Whether more may be waiting for this source.</returns>
    public async Task<bool> Run(SourceRow source, CancellationToken cancel)
    {
        var answer = await ask(source, quiet.Known(source), cancel);
        if (answer is not { Ok: true, Value.IsSame: true })
            return await turn.Run(source.Id, new Looked(source.Turn, answer), cancel);
        quiet.Add(source);
        return false;
    }
}
