using Fairlead.Core.Sources;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds;

/// <summary>
/// Turns one event into builds, inside the ledger's transaction: all rules of all images bound to the event's source
/// are asked. The same event never makes a second build.
/// </summary>
internal sealed class QueueBuilds(MakeBuild make, TimeProvider time)
{
    /// <returns>One sentence on what became of the event.</returns>
    public async Task<string> Run(FairleadDb db, EventRow change, CancellationToken cancel)
    {
        if (!GitRef.TryParse(change.Ref, out var gitRef))
            return "Not a branch or tag that can be built.";
        if (gitRef.Kind == RefKind.Request && change.After is null)
            return await CloseRequest.Run(db, change, time.GetUtcNow(), cancel);
        if (!CommitSha.TryParse(change.After, out var commit) || commit.IsZero)
            return "The ref was deleted.";
        var images = await db.Set<ImageRow>()
            .Where(image => image.SourceId == change.SourceId)
            .OrderBy(image => image.Id)
            .ToListAsync(cancel);
        if (images.Count == 0)
            return "No image repository is bound to this repository.";
        if (images.All(image => !image.BuildOnPush))
            return "Build on push is switched off.";
        if (change.Id == 0)
        {
            db.Add(change);
            await db.SaveChangesAsync(cancel);
        }
        return await AskRules(db, change, images.Where(image => image.BuildOnPush).ToList(), gitRef, commit, cancel);
    }

    private async Task<string> AskRules(
        FairleadDb db,
        EventRow change,
        List<ImageRow> images,
        GitRef gitRef,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        var ids = images.Select(image => image.Id).ToList();
        var rules = await db.Set<RuleRow>()
            .Where(rule => ids.Contains(rule.ImageId))
            .OrderBy(rule => rule.Id)
            .ToListAsync(cancel);
        var request = await db.Set<RequestRow>()
            .FirstOrDefaultAsync(row => row.SourceId == change.SourceId && row.Ref == change.Ref, cancel);
        if (gitRef.Kind == RefKind.Request && request is not { IsOpen: true })
            return "The pull request is not open any more.";
        var (builds, reasons) = (new List<long>(), new List<string>());
        foreach (var rule in rules)
        {
            var image = images.First(one => one.Id == rule.ImageId);
            var wish = new BuildRequest(image, rule, gitRef, commit, BuildReason.Event)
            {
                EventId = change.Id,
                Ends = request?.Ends,
                Key = $"event/{change.SourceId}/{change.Key}/rule/{rule.Id}",
            };
            if ((await make.Run(db, wish, cancel)).Try(out var build, out var failure))
                builds.Add(build.Id);
            else if (failure.Code != MakeBuild.NoMatch)
                reasons.Add(failure.Sentence);
        }
        return Sentence(builds, reasons);
    }

    private static string Sentence(List<long> builds, List<string> reasons)
    {
        var parts = new List<string>();
        if (builds.Count > 0)
            parts.Add($"{(builds.Count == 1 ? "Build" : "Builds")} {string.Join(", ", builds)}.");
        parts.AddRange(reasons.Distinct());
        return parts.Count > 0 ? string.Join(' ', parts) : "No rule matches.";
    }
}
