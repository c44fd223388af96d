using Fairlead.Contracts.Jobs;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Sources;

/// <summary>
/// How git gets to the host: by a key of the job's own, or where the host makes none, through the server, which keeps
/// its key. A server that goes away on the way is waited for, like everywhere else.
/// </summary>
/// <param name="lease">Asks for a key, patiently.</param>
internal sealed class WayToHost(
    JobSource source,
    Func<CancellationToken, Task<Outcome<GitLease>>> lease,
    WayToServer server,
    JobMask mask
)
{
    /// <summary>A host that always breaks off looks like a server that always goes away.</summary>
    private const int MostTries = 5;

    /// <summary>
    /// What git says of a server that is away, or that no longer knows the job: asking for a lease tells which.
    /// </summary>
    private static readonly HashSet<string> OfTheServer =
    [
        ReachFailures.CutOff("").Code,
        ReachFailures.Refused("", 0).Code,
        ReachFailures.Failing("", 0).Code,
        GitFailures.LoginRefusedCode,
        GitFailures.LoginNeeded("").Code,
    ];

    public async Task<Outcome<Done>> Go(Func<GitRemote, Task<Outcome<Done>>> fetch, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            if (!(await lease(cancel)).Try(out var leased, out var failure))
                return failure;
            if (!leased.ThroughServer)
                return await fetch(new GitRemote(Address(source.Url), Key(leased), source.PinnedAddress));
            if (!GitUrl.Parse(source.Url).Try(out var host, out failure))
                return failure;
            Failure? told = null;
            await using var door = ServerDoor.Open(server.Address);
            var remote = new GitRemote(Address($"{door.Address}/job/v1/git"), server.Key, null)
            {
                Door = new GitDoor(host, text => told = server.Told(text)),
            };
            var fetched = await fetch(remote);
            if (told is not null || tries == MostTries || !OfTheServer.Contains(fetched.Failure?.Code ?? ""))
                return fetched;
        }
    }

    private RepositoryAddress Address(string url) => new(url, source.CertificateAuthorities, source.HostKeys);

    private GitCredential? Key(GitLease leased)
    {
        var password = leased.Password is { Length: > 0 } text ? new Secret(text) : null;
        var key = leased.SshKey is { Length: > 0 } pem ? new Secret(pem) : null;
        if (password is not null)
            mask.Add(password, leased.Username);
        if (key is not null)
            mask.Add(key);
        return password is null && key is null
            ? null
            : new GitCredential(leased.Username, password, key, Static: false, leased.ExpiresAt);
    }
}
