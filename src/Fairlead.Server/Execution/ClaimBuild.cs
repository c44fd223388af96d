using Fairlead.Core.Builds;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Execution;

/// <summary>
/// Takes a queued build for one slot of this server. Compare and swap: of several servers only one gets it, and each
/// claim has an attempt of its own that fences everything an earlier one may still say.
/// </summary>
internal sealed class ClaimBuild(ServerIdentity server, TimeProvider time)
{
    /// <summary>Null when another server was faster, or it was cancelled.</summary>
    public async Task<BuildRow?> Run(FairleadDb db, long build, int slot, byte[] tokenHash, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var mine = await db.Set<BuildRow>()
            .Where(row => row.Id == build && row.State == BuildState.Queued)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, BuildState.Running)
                        .SetProperty(row => row.Phase, BuildPhase.Queue)
                        .SetProperty(row => row.Attempt, row => row.Attempt + 1)
                        .SetProperty(row => row.ServerId, server.Id)
                        .SetProperty(row => row.Slot, slot)
                        .SetProperty(row => row.StartedAt, now)
                        .SetProperty(row => row.HeartbeatAt, now)
                        .SetProperty(row => row.JobTokenHash, tokenHash),
                cancel
            );
        return mine == 0 ? null : await db.Set<BuildRow>().AsNoTracking().FirstAsync(row => row.Id == build, cancel);
    }

    /// <summary>
    /// Puts it back at its old place. <paramref name="lost"/> remembers a runner that vanished: the next one that does
    /// fails the build.
    /// </summary>
    public static Task<int> PutBack(FairleadDb db, BuildRow build, bool lost, CancellationToken cancel)
    {
        var words = BuildFailures.FirstRunnerLost(build.Phase.Word());
        var code = lost ? words.Code : build.FailureCode;
        var sentence = lost ? words.Sentence : build.FailureSentence;
        return db.Set<BuildRow>()
            .Where(row => row.Id == build.Id && row.Attempt == build.Attempt && row.State == BuildState.Running)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, BuildState.Queued)
                        .SetProperty(row => row.Phase, BuildPhase.Queue)
                        .SetProperty(row => row.StartedAt, (DateTimeOffset?)null)
                        .SetProperty(row => row.ServerId, (string?)null)
                        .SetProperty(row => row.Slot, (int?)null)
                        .SetProperty(row => row.JobTokenHash, (byte[]?)null)
                        .SetProperty(row => row.FailureCode, code)
                        .SetProperty(row => row.FailureSentence, sentence),
                cancel
            );
    }
}
