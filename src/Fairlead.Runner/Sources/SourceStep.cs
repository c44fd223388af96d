using Fairlead.Contracts.Jobs;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Runner.Trust;

namespace Fairlead.Runner.Sources;

/// <summary>
/// The first step of a job: the commit in the mirror, and then, when something is to be built from it, its files on
/// disk. Asks for a key to the repository only when something has to be fetched, and makes the local copy anew, once,
/// when it turns out to be damaged.
/// </summary>
internal sealed class SourceStep(JobSpec spec, GitProgram git, WayToHost way, Action<string> log, TimeProvider time)
{
    /// <summary>Bytes.</summary>
    private const int LargestDockerfile = 1024 * 1024;

    /// <summary>Brings the commit here and finds in it what the rule names; writes no file of it.</summary>
    public async Task<Outcome<FoundSource>> Find(CancellationToken cancel)
    {
        if (
            !CommitSha.TryParse(spec.Source.Commit, out var commit)
            || commit.IsZero
            || !GitRef.TryParse(spec.Source.Ref, out var from)
            || MirrorPlace.Of(spec) is not { } place
        )
            return SourceFailures.BadSpec;
        Directories.MakePrivate(place.SlotRoot);
        return await Mended(place, _ => FindIn(place, from, commit, cancel), cancel);
    }

    /// <summary>Writes the files of the commit.</summary>
    public Task<Outcome<CheckedOut>> CheckOut(FoundSource found, CancellationToken cancel) =>
        Mended(found.Place, again => Write(found, again, cancel), cancel);

    private async Task<Outcome<FoundSource>> FindIn(
        MirrorPlace place,
        GitRef from,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        if (!(await Fetch(place, from, commit, cancel)).Try(out _, out var failure))
            return failure;
        if (await Skip(place, commit, cancel) is { } skipped)
            return skipped;
        var reader = new TreeReader(git, place.Mirror);
        var context = await new ContextPaths(reader, commit.Value).Find(
            spec.Image.Directory,
            spec.Image.Dockerfile,
            cancel
        );
        if (!context.Try(out var found, out failure))
            return failure;
        var dockerfile = await Read(reader, found.DockerfileBlob, cancel);
        return dockerfile.Map(text => new FoundSource(place, from, commit, found, text));
    }

    private async Task<Failure?> Skip(MirrorPlace place, CommitSha commit, CancellationToken cancel) =>
        spec.Trigger is { } trigger
            ? await new TriggerStep(trigger, git, (other, stop) => Bring(place, other, stop), log).Run(
                place.Mirror,
                commit,
                cancel
            )
            : null;

    private static async Task<Outcome<string>> Read(TreeReader reader, string dockerfile, CancellationToken cancel)
    {
        if (!(await reader.Size(dockerfile, cancel)).Try(out var size, out var failure))
            return failure;
        return size > LargestDockerfile ? SourceFailures.DockerfileTooLarge : await reader.Text(dockerfile, cancel);
    }

    private async Task<Outcome<CheckedOut>> Write(FoundSource found, bool again, CancellationToken cancel)
    {
        if (again && !(await Fetch(found.Place, found.From, found.Commit, cancel)).Try(out _, out var failure))
            return failure;
        var written = await new WorkTree(git, found.Place).CheckOut(found.Commit, cancel);
        if (!written.Ok)
            return written.Failure;
        foreach (var line in LeftOut.Of(found.Place.Tree, found.Context.Root))
            log(line);
        return new CheckedOut(found.Place.Tree, found.Context);
    }

    /// <param name="work">Is told whether it is done again, after the local copy was thrown away.</param>
    private async Task<Outcome<T>> Mended<T>(
        MirrorPlace place,
        Func<bool, Task<Outcome<T>>> work,
        CancellationToken cancel
    )
        where T : notnull
    {
        var outcome = await work(false);
        if (!outcome.Ok && IsLocal(outcome.Failure))
        {
            log("The local copy of the repository is damaged; fetching it anew.");
            await Discard(place, cancel);
            outcome = await work(true);
        }
        return !outcome.Ok && IsLocal(outcome.Failure) ? SourceFailures.MirrorBroken : outcome;
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

    /// <summary>A commit beside the one that is built, by its id alone.</summary>
    private async Task<bool> Bring(MirrorPlace place, CommitSha commit, CancellationToken cancel)
    {
        using var held = await MirrorLock.Take(place.LockFile, time, cancel);
        var mirror = new Mirror(git, place);
        if (await mirror.Has(commit, cancel))
            return true;
        log($"Fetching {commit.Short} to see what changed since.");
        return (await way.Go(remote => mirror.FetchBeside(remote, commit, cancel), cancel)).Ok;
    }

    private async Task<Outcome<Done>> FetchFromHost(
        Mirror mirror,
        GitRef from,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        log($"Fetching {from.Words} at {commit.Short}.");
        var hostRef = spec.Source.HostRef ?? from.Full;
        var fetched = await way.Go(remote => mirror.Fetch(remote, from, hostRef, commit, cancel), cancel);
        return fetched.Failure is { } refused && refused.Code == ReachFailures.TlsUntrusted("").Code
            ? await Certificate(refused, cancel)
            : fetched;
    }

    /// <summary>An unknown authority, as git has it, or what is wrong with the certificate instead.</summary>
    private async Task<Failure> Certificate(Failure untrusted, CancellationToken cancel)
    {
        if (!GitUrl.Parse(spec.Source.Url).Try(out var url, out _))
            return untrusted;
        var address = spec.Source.PinnedAddress?.Split(',')[0] ?? url.Host;
        var authorities = spec.Source.CertificateAuthorities;
        return await CertificateProbe.Ask(url.Host, address, url.Port, authorities, cancel) switch
        {
            CertificateFault.Expired => ReachFailures.TlsExpired(url.Host),
            CertificateFault.WrongName => ReachFailures.TlsWrongName(url.Host),
            _ => untrusted,
        };
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
