using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>A wish for one build of one rule.</summary>
internal sealed record BuildRequest(ImageRow Image, RuleRow Rule, GitRef Ref, CommitSha Commit, BuildReason Reason)
{
    public required string Key { get; init; }
    public long? EventId { get; init; }
    public long? RequestedById { get; init; }

    /// <summary>Of the head of a pull request: where it comes from and goes to.</summary>
    public RequestEnds? Ends { get; init; }
}

/// <summary>
/// Puts a build into the queue, inside the caller's transaction. A key that is known gives the build it has.
/// </summary>
internal sealed class MakeBuild(TimeProvider time, QueueSignal signal)
{
    /// <summary>The code of the failure when the rule is not about this ref at all.</summary>
    public const string NoMatch = "build.no-rule-matches";

    public async Task<Outcome<BuildRow>> Run(FairleadDb db, BuildRequest request, CancellationToken cancel)
    {
        if (await db.Set<BuildRow>().FirstOrDefaultAsync(build => build.Key == request.Key, cancel) is { } known)
            return known;
        if (!RuleReading.Read(request.Rule).Try(out var rule, out var broken))
            return broken;
        var (image, now) = (request.Image, time.GetUtcNow());
        RuleMatch Match(long number) =>
            rule.Match(request.Ref, request.Commit, number, now, image.NoCache, request.Ends);
        var tried = Match(image.BuildCounter + 1);
        if (tried.Failure is { } unusable)
            return unusable;
        if (tried.Plan is null)
            return BuildFailures.NoRuleMatches(image.Name, request.Ref.Name);
        var number = await NextNumber(db, image, cancel);
        var plan = Match(number).Plan!;
        var row = await Add(db, request, plan, now, cancel);
        if (request.Rule.NewestWins && request.Reason == BuildReason.Event)
            await Supersede(db, row, now, cancel);
        signal.Pulse();
        return row;
    }

    /// <summary>Wakes the dispatcher; to be called once the transaction is committed.</summary>
    public void Pulse() => signal.Pulse();

    private static async Task<BuildRow> Add(
        FairleadDb db,
        BuildRequest request,
        BuildPlan plan,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var row = new BuildRow
        {
            ImageId = request.Image.Id,
            RuleId = request.Rule.Id,
            EventId = request.EventId,
            Reason = request.Reason,
            RequestedById = request.RequestedById,
            Key = request.Key,
            Ref = request.Ref.Full,
            Commit = request.Commit.Value,
            Plan = plan,
            QueuedAt = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return row;
    }

    /// <summary>Counted in the database, so that two servers never give out the same number.</summary>
    private static async Task<long> NextNumber(FairleadDb db, ImageRow image, CancellationToken cancel)
    {
        var rows = db.Set<ImageRow>().Where(row => row.Id == image.Id);
        await rows.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.BuildCounter, row => row.BuildCounter + 1),
            cancel
        );
        return await rows.Select(row => row.BuildCounter).FirstAsync(cancel);
    }

    /// <summary>
    /// Builds of the same rule and ref that an event asked for and that still wait make room for the newer one.
    /// </summary>
    private static Task<int> Supersede(FairleadDb db, BuildRow newer, DateTimeOffset now, CancellationToken cancel) =>
        db.Set<BuildRow>()
            .Where(build =>
                build.RuleId == newer.RuleId
                && build.Ref == newer.Ref
                && build.Id < newer.Id
                && build.Reason == BuildReason.Event
            )
            .Cancel(BuildFailures.Superseded(newer.Id), now, cancel);
}
