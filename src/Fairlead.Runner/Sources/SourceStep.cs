using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Runner.Logs;

namespace Fairlead.Runner.Sources;

/// <summary>A commit on disk.</summary>
/// <param name="Root">The directory that holds the repository's root.</param>
internal sealed record CheckedOut(string Root, BuildContext Context);

/// <summary>
/// The first step of a job: the commit on disk. Asks for a key to the repository only when something has to be
/// fetched, and makes the local copy anew, once, when it turns out to be damaged.
/// </summary>
internal sealed class SourceStep(
    JobSpec spec,
    GitProgram git,
    Func<CancellationToken, Task<Outcome<GitLease>>> lease,
    JobMask mask,
    Action<string> log,
    TimeProvider time
)
{
    public async Task<Outcome<CheckedOut>> Run(CancellationToken cancel)
    {
        if (
            !CommitSha.TryParse(spec.Source.Commit, out var commit)
            || commit.IsZero
            || !GitRef.TryParse(spec.Source.Ref, out var from)
            || MirrorPlace.Of(spec) is not { } place
        )
            return SourceFailures.BadSpec;
        Directories.MakePrivate(place.SlotRoot);
        var outcome = await CheckOut(place, from, commit, cancel);
        if (!outcome.Ok && IsLocal(outcome.Failure))
        {
            log("The local copy of the repository is damaged; fetching it anew.");
            await Discard(place, cancel);
            outcome = await CheckOut(place, from, commit, cancel);
        }
        return outcome.Ok ? new CheckedOut(place.Tree, outcome.Value)
            : IsLocal(outcome.Failure) ? SourceFailures.MirrorBroken
            : outcome.Failure;
    }

    private async Task<Outcome<BuildContext>> CheckOut(
        MirrorPlace place,
        GitRef from,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        if (!(await Fetch(place, from, commit, cancel)).Try(out _, out var failure))
            return failure;
        var paths = new ContextPaths(new TreeReader(git, place.Mirror), commit.Value);
        var context = await paths.Find(spec.Image.Directory, spec.Image.Dockerfile, cancel);
        if (!context.Ok)
            return context;
        var tree = await new WorkTree(git, place).CheckOut(commit, cancel);
        return tree.Ok ? context : tree.Failure;
    }

    private async Task<Outcome<Done>> Fetch(MirrorPlace place, GitRef from, CommitSha commit, CancellationToken cancel)
    {
        using var held = await MirrorLock.Take(place.LockFile, time, cancel);
        var mirror = new Mirror(git, place);
        if (!(await mirror.Open(cancel)).Try(out _, out var failure))
            return failure;
        if (await mirror.Has(commit, cancel))
            log($"Commit {commit.Short} is here already.");
        else if (!(await FetchFromHost(mirror, from, commit, cancel)).Try(out _, out failure))
            return failure;
        if (!(await mirror.Hold(commit, cancel)).Try(out _, out failure))
            return failure;
        await mirror.Tidy(cancel);
        return Done.It;
    }

    private async Task<Outcome<Done>> FetchFromHost(
        Mirror mirror,
        GitRef from,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        if (!(await lease(cancel)).Try(out var leased, out var failure))
            return failure;
        log($"Fetching {from.Kind.ToString().ToLowerInvariant()} {from.Name} at {commit.Short}.");
        return await mirror.Fetch(Remote(leased), from, commit, cancel);
    }

    private GitRemote Remote(GitLease leased)
    {
        var password = leased.Password is { Length: > 0 } text ? new Secret(text) : null;
        var key = leased.SshKey is { Length: > 0 } pem ? new Secret(pem) : null;
        if (password is not null)
            mask.Add(password, leased.Username);
        if (key is not null)
            mask.Add(key);
        var credential =
            password is null && key is null
                ? null
                : new GitCredential(leased.Username, password, key, Static: false, leased.ExpiresAt);
        var source = spec.Source;
        return new GitRemote(
            new RepositoryAddress(source.Url, source.CertificateAuthorities, source.HostKeys),
            credential,
            source.PinnedAddress
        );
    }

    /// <summary>Failures of calls that talked to nobody: the copy on this disk is at fault.</summary>
    private static bool IsLocal(Failure failure) => failure.Code == GitFailures.Unnamed.Code;

    private async Task Discard(MirrorPlace place, CancellationToken cancel)
    {
        using var held = await MirrorLock.Take(place.LockFile, time, cancel);
        Directories.Remove(place.Mirror);
        Directories.Remove(place.SlotRoot);
        Directories.MakePrivate(place.SlotRoot);
    }
}
