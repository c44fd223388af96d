using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Hosting;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts;

/// <summary>
/// Makes one source's hook at its host what it should be: there and right while something is bound to the repository
/// and its host can reach us, gone otherwise. Doing it twice is doing it once.
/// </summary>
internal sealed class KeepHook(
    FairleadDb db,
    ConnectionOpener opener,
    HookSecrets secrets,
    FollowRepository follow,
    ServerOptions options,
    TimeProvider time
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A hook that works is looked at this often, in case somebody deletes it or switches it off.</summary>
    private static readonly TimeSpan Check = TimeSpan.FromHours(6);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task Run(long sourceId, CancellationToken cancel)
    {
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == sourceId, cancel);
        var hook = await db.Set<HookRow>().SingleOrDefaultAsync(row => row.SourceId == sourceId, cancel);
        if (source is null || hook is null)
            return;
        var bound =
            !source.OutboundOnly && await db.Set<ImageRow>().AnyAsync(image => image.SourceId == sourceId, cancel);
        var revision = await source.Revision(db, cancel);
        var outcome = await InTime(() => bound ? Put(source, hook, cancel) : Remove(source, hook, cancel), cancel);
        Note(hook, outcome, bound, revision);
        // The source may be gone by now, and its hook's row with it.
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Takes the hook away at the host, when its connection is about to go.</summary>
    public async Task<Outcome<Done>> Remove(SourceRow source, HookRow hook, CancellationToken cancel)
    {
        if (hook.HostId is not { } id)
            return Done.It;
        if (!(await Open(source, cancel)).Try(out var open, out var failure))
            return failure;
        var removed = await open.Host.Hooks.Delete(open.Target, source.Repository, id, cancel);
        if (removed.Ok)
            hook.HostId = null;
        return removed;
    }

    private async Task<Outcome<Done>> Put(SourceRow source, HookRow hook, CancellationToken cancel)
    {
        if (!(await Open(source, cancel)).Try(out var open, out var failure))
            return failure;
        if (open.Host is IListRepositories listing)
        {
            source.RepositoryId ??= hook.RepositoryId;
            var found = await FollowRepository.Find(listing, open.Target, source, cancel);
            if (!found.Ok)
                return found.Failure;
            if (await follow.Take(source, found.Value, cancel) is { } another)
                return another;
            hook.RepositoryId = found.Value.Id;
        }
        var wish = new HookWish(new Uri(options.HookUrl(source.HookId)), (await secrets.Open(db, source, cancel))[0]);
        var listed = await open.Host.Hooks.List(open.Target, source.Repository, cancel);
        if (!listed.Ok)
            return listed.Failure;
        var isNewest = hook.SecretVersion == source.HookSecretVersion;
        var upkeep = HookUpkeep.Decide(listed.Value, wish.Url, hook.HostId, isNewest);
        var put = await Take(upkeep.Step, open, source, wish, cancel);
        if (!put.Ok)
            return put.Failure;
        (hook.HostId, hook.SecretVersion) = (put.Value, source.HookSecretVersion);
        hook.Note = upkeep.Step is HookStep.Repair repair ? $"Mended: {repair.Why}" : null;
        foreach (var surplus in upkeep.Surplus)
            await open.Host.Hooks.Delete(open.Target, source.Repository, surplus, cancel);
        return Done.It;
    }

    private static async Task<Outcome<string>> Take(
        HookStep step,
        OpenHost open,
        SourceRow source,
        HookWish wish,
        CancellationToken cancel
    ) =>
        step switch
        {
            HookStep.Keep keep => keep.Id,
            HookStep.Repair repair => (
                await open.Host.Hooks.Repair(open.Target, source.Repository, repair.Id, wish, cancel)
            ).Map(hook => hook.Id),
            _ => (await open.Host.Hooks.Create(open.Target, source.Repository, wish, cancel)).Map(hook => hook.Id),
        };

    private sealed record OpenHost(IManageHooks Host, Target Target);

    private async Task<Outcome<OpenHost>> Open(SourceRow source, CancellationToken cancel)
    {
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        return bound.Provider is IManageHooks host
            ? new OpenHost(host, bound.Target)
            : HostFailures.NoHooks(bound.Provider.Title);
    }

    private void Note(HookRow hook, Outcome<Done> outcome, bool bound, int revision)
    {
        var now = time.GetUtcNow();
        hook.CheckedAt = now;
        hook.Failures = outcome.Ok ? 0 : hook.Failures + 1;
        hook.RefusedRevision = outcome.Failure is { Retry: not Retry.Later } ? revision : null;
        hook.State =
            outcome.Ok && bound ? HookState.Registered
            : outcome.Ok ? HookState.Removed
            : outcome.Failure!.Retry == Retry.Later ? HookState.Waiting
            : HookState.ByHand;
        if (outcome.Failure is { } failure)
            (hook.Note, hook.Remedy) = (failure.Sentence, failure.Remedy);
        else
            hook.Remedy = null;
        // What a host refuses is asked again after an hour; a new credential is tried at once.
        var pause = outcome.Failure is { } why ? Backoff.After(why, hook.Failures, FirstPause, LongestPause) : Check;
        hook.NextAt = now + pause;
    }

    private async Task<Outcome<Done>> InTime(Func<Task<Outcome<Done>>> work, CancellationToken cancel)
    {
        try
        {
            return await work().WaitAsync(Patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return ConnectionFailures.TooSlow;
        }
    }
}
