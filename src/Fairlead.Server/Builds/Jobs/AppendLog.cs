using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// Takes a piece of the log. The length stored decides: what comes twice is skipped, what comes too early is refused by
/// telling where the log ends. Piece and length are written together.
/// </summary>
internal sealed class AppendLog(FairleadDb db, RunningJobs jobs, BuildSignals signals)
{
    public const int LargestPiece = 4 * 1024 * 1024;
    private const long LargestLog = 256L * 1024 * 1024;

    public async Task<Outcome<LogReply>> Run(
        JobToken token,
        int attempt,
        long start,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancel
    )
    {
        if (start < 0 || bytes.Length > 0 && bytes.Span[^1] != (byte)'\n')
            return JobFailures.LogNotLines;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await jobs.Find(token, attempt, cancel)).Try(out var build, out var refused))
            return refused;
        var known = build.LogLength - start;
        if (known < 0 || known >= bytes.Length)
            return new LogReply(build.LogLength);
        if (start + bytes.Length > LargestLog)
            return JobFailures.LogFull;
        var end = start + bytes.Length;
        // The length is the fence: of two uploads of the same piece only one moves it.
        var moved = await db.Set<BuildRow>()
            .Where(row => row.Id == build.Id && row.Attempt == attempt && row.LogLength == build.LogLength)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LogLength, end), cancel);
        if (moved == 0)
            return new LogReply(build.LogLength);
        db.Add(
            new BuildLogRow
            {
                BuildId = build.Id,
                Start = build.LogLength,
                Bytes = bytes[(int)known..].ToArray(),
            }
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        signals.Pulse(build.Id);
        return new LogReply(end);
    }
}
