using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Leases;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>How a running build ends.</summary>
internal sealed record BuildEnding(BuildState State)
{
    /// <summary>Where it stood; null leaves what is known.</summary>
    public BuildPhase? Phase { get; init; }

    public string? Digest { get; init; }
    public long Size { get; init; }
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Null keeps the words of whoever cancelled it.</summary>
    public Failure? Failure { get; init; }

    public Dictionary<BuildPhase, long> Durations { get; init; } = [];
}

/// <summary>
/// The one way a running build ends. Fenced by the attempt: of a late runner, a time limit and a person only the first
/// is written. Digest and tags are stored with the state in one transaction.
/// </summary>
internal sealed class EndBuild(TimeProvider time, BuildSignals signals, QueueSignal queue, EndLeases leases)
{
    /// <returns>False when this attempt of the build runs no longer.</returns>
    public async Task<bool> Run(FairleadDb db, long id, int attempt, BuildEnding ending, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
            try
            {
                var ended = await Write(db, id, attempt, ending, cancel);
                signals.Pulse(id);
                queue.Pulse();
                return ended;
            }
            catch (DbUpdateException busy) when (busy.IsUniqueViolation() && tries < 3)
            {
                // The registry told of the same new tag in between.
                db.ChangeTracker.Clear();
            }
    }

    private async Task<bool> Write(FairleadDb db, long id, int attempt, BuildEnding ending, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Taking the state first locks the row: whoever comes second finds it ended.
        var mine = await db.Set<BuildRow>()
            .Where(row => row.Id == id && row.Attempt == attempt && row.State == BuildState.Running)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ending.State).SetProperty(row => row.FinishedAt, now),
                cancel
            );
        if (mine == 0)
            return false;
        db.ChangeTracker.Clear();
        var build = await db.Set<BuildRow>().FirstAsync(row => row.Id == id, cancel);
        Fill(build, ending);
        if (ending.State == BuildState.Succeeded)
            await StoreTags(db, build, ending.Platforms, now, cancel);
        await leases.Run(db, id, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static void Fill(BuildRow build, BuildEnding ending)
    {
        build.Phase = ending.Phase ?? build.Phase;
        build.Durations = ending.Durations;
        if (ending.State == BuildState.Succeeded)
        {
            build.Digest = ending.Digest;
            build.Size = ending.Size > 0 ? ending.Size : build.Size;
            (build.FailureCode, build.FailureSentence, build.FailureRemedy) = (null, null, null);
        }
        else
        {
            build.Digest = null;
            build.ReusedBuildId = null;
            if (
                ending.Failure is { } failure
                && !(ending.State == BuildState.Cancelled && build.FailureCode is not null)
            )
                (build.FailureCode, build.FailureSentence, build.FailureRemedy) = (
                    failure.Code,
                    failure.Sentence,
                    failure.Remedy
                );
        }
    }

    private static async Task StoreTags(
        FairleadDb db,
        BuildRow build,
        IReadOnlyList<string> platforms,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var known = await db.Set<TagRow>()
            .Where(tag => tag.ImageId == build.ImageId && build.Plan.Versions.Contains(tag.Name))
            .ToListAsync(cancel);
        foreach (var name in build.Plan.Versions)
        {
            var tag = known.FirstOrDefault(one => one.Name == name);
            if (tag is null)
                db.Add(
                    tag = new TagRow
                    {
                        ImageId = build.ImageId,
                        Name = name,
                        Digest = "",
                    }
                );
            if (platforms.Count > 0 || tag.Digest != build.Digest)
                tag.Platforms = [.. platforms];
            tag.Digest = build.Digest!;
            tag.Size = build.Size;
            tag.BuildId = build.Id;
            tag.PushedBy = null;
            tag.PushedAt = now;
        }
    }
}
