using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Runner.Sources;

/// <summary>
/// Decides, with the commit at hand, whether a push is built. What cannot be told is built: hosts' lists of changed
/// files are cut short, so they are not asked, and a commit that is no longer to be had may have changed anything.
/// </summary>
/// <param name="bring">Brings a commit into the mirror if it can be had.</param>
internal sealed class TriggerStep(
    JobTrigger trigger,
    GitProgram git,
    Func<CommitSha, CancellationToken, Task<bool>> bring,
    Action<string> log
)
{
    /// <returns>Why nothing is built, or null.</returns>
    public async Task<Failure?> Run(string mirror, CommitSha commit, CancellationToken cancel)
    {
        var changes = new Changes(git, mirror);
        if (SkipMark.IsIn(await changes.Message(commit, cancel)))
        {
            if (trigger.MayBeMarked)
                return SkipFailures.Marked;
            log("The commit asks for no build, but it took the place of one that was to be built.");
        }
        if (trigger.Paths.Count == 0 || !PathFilter.Read(trigger.Paths, "paths").Try(out var filter, out _))
            return null;
        if (!CommitSha.TryParse(trigger.Since, out var since) || since.IsZero)
            return null;
        if (!await bring(since, cancel) || await changes.Between(since, commit, cancel) is not { } changed)
        {
            log($"What changed since {since.Short} cannot be told, so it is built.");
            return null;
        }
        if (changed.FirstOrDefault(filter.Matters) is not { } first)
            return SkipFailures.Untouched(since.Short);
        log($"{first} changed since {since.Short}.");
        return null;
    }
}
