using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Runner.Sources;

/// <summary>
/// The bare mirror of one repository. Shallow: a build needs one commit, and the objects of earlier ones are there for
/// the next to differ from. Everything here is called with the mirror's lock held.
/// </summary>
internal sealed class Mirror(GitProgram git, MirrorPlace place)
{
    private const int MostPacks = 50;

    /// <summary>Loose objects; one directory of 256 is counted.</summary>
    private const int MostLoose = 6700;

    private static readonly TimeSpan Fetching = TimeSpan.FromHours(1);

    /// <summary>Makes it when it is not there, and clears what a killed git may have left.</summary>
    public async Task<Outcome<Done>> Open(CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(place.Mirror, "HEAD")))
        {
            Directories.Remove(place.Mirror);
            Directories.MakePrivate(place.Mirror);
            var made = await Git(["init"], ["--quiet", "--bare"], cancel);
            return made.Map(_ => Done.It);
        }
        foreach (var left in Directory.EnumerateFiles(place.Mirror, "*.lock", SearchOption.AllDirectories))
            File.Delete(left);
        return Done.It;
    }

    /// <summary>Whether the commit with all its files is here, so that nobody has to be asked.</summary>
    public async Task<bool> Has(CommitSha commit, CancellationToken cancel) =>
        (await Git(["cat-file"], ["-e", $"{commit}^{{tree}}"], cancel)).Ok;

    /// <summary>Keeps the commit while this slot works on it.</summary>
    public Task<Outcome<string>> Hold(CommitSha commit, CancellationToken cancel) =>
        Git(["update-ref"], [place.SlotRef, commit.Value], cancel);

    /// <summary>
    /// Fetches the commit by its id, and where a host gives no bare commits, by the ref that should lead to it.
    /// </summary>
    /// <param name="hostRef">The host's own name of the ref.</param>
    public async Task<Outcome<Done>> Fetch(
        GitRemote remote,
        GitRef from,
        string hostRef,
        CommitSha commit,
        CancellationToken cancel
    )
    {
        var kept = KeptRef(from);
        var outcome = await Fetch(remote, ["--depth=1"], $"+{commit}:{kept}", cancel);
        if (outcome.Failure?.Code != GitFailures.CommitGone.Code)
            return outcome;
        foreach (
            var options in (string[][])
                [
                    ["--depth=1"],
                    Deepened(),
                ]
        )
        {
            var byRef = await Fetch(remote, options, $"+{hostRef}:{kept}", cancel);
            if (!byRef.Ok)
                return byRef;
            if (await Has(commit, cancel))
                return Done.It;
        }
        return GitFailures.CommitGone;
    }

    /// <summary>Fetches a commit by its id, and nothing where a host gives no bare commits.</summary>
    public Task<Outcome<Done>> FetchBeside(GitRemote remote, CommitSha commit, CancellationToken cancel) =>
        Fetch(remote, ["--depth=1"], $"+{commit}:{place.SlotRef}-beside", cancel);

    /// <summary>
    /// Packs what many fetches left behind and drops what no ref needs: seldom, at the numbers git itself would do it.
    /// </summary>
    public async Task Tidy(CancellationToken cancel)
    {
        var objects = Path.Combine(place.Mirror, "objects");
        var packs = new DirectoryInfo(Path.Combine(objects, "pack"));
        var sample = new DirectoryInfo(Path.Combine(objects, "17"));
        if (packs.Exists && packs.EnumerateFiles("*.pack").Count() > MostPacks)
        {
            await Git(["repack"], ["-A", "-d", "-q", "--unpack-unreachable=2.hours.ago"], cancel);
            await Git(["prune"], ["--expire=2.hours.ago"], cancel);
        }
        else if (sample.Exists && sample.EnumerateFiles().Count() > MostLoose / 256)
            await Git(["repack"], ["-d", "-q"], cancel);
    }

    private string[] Deepened() => File.Exists(Path.Combine(place.Mirror, "shallow")) ? ["--unshallow"] : [];

    private async Task<Outcome<Done>> Fetch(
        GitRemote remote,
        string[] options,
        string refspec,
        CancellationToken cancel
    )
    {
        string[] always = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--force"];
        var call = new GitCall("fetch", [.. always, .. options])
        {
            GitDirectory = place.Mirror,
            Remote = remote,
            Operands = [refspec],
            Timeout = Fetching,
        };
        return (await git.Run(call, cancel)).Map(_ => Done.It);
    }

    /// <summary>
    /// A name of fixed shape for a ref: branch <c>a</c> and later <c>a/b</c> do not get in each other's way.
    /// </summary>
    private static string KeptRef(GitRef from) =>
        "refs/fairlead/kept/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(from.Full)))[..32];

    private Task<Outcome<string>> Git(string[] command, string[] options, CancellationToken cancel) =>
        git.Run(
            new GitCall(command[0], options) { GitDirectory = place.Mirror, Timeout = TimeSpan.FromMinutes(10) },
            cancel
        );
}
