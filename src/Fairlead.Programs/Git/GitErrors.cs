using System.Text.RegularExpressions;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>From git's and ssh's error text (in the C locale) to a failure with a sentence.</summary>
public static partial class GitErrors
{
    /// <param name="remote">Null for a call that talked to nobody.</param>
    /// <param name="error">What git wrote to standard error.</param>
    public static Failure Explain(GitRemote? remote, string error)
    {
        if (remote is null)
            return Local(error);
        if (remote.Door is { } door && DoorPattern().Match(error) is { Success: true } match)
            if (door.Told(match.Groups[1].Value) is { } told)
                return told;
        var url = HostOf(remote);
        // A token that goes by itself is refused by asking for a name.
        if (remote.Credential is { Username: null, Password: not null } && Says(error, "could not read Username"))
            return GitFailures.LoginRefused(url.Host);
        return OfStatus(url, error) ?? Table(url).FirstOrDefault(row => Says(error, row.Words)).Failure ?? Local(error);
    }

    public static Failure TimedOut(GitRemote remote) => ReachFailures.TimedOut(HostOf(remote).Host);

    private static GitUrl HostOf(GitRemote remote) => remote.Door?.Host ?? GitEnvironment.UrlOf(remote);

    /// <summary>Of a file of a work tree git says only that it could not be written; it is for want of room.</summary>
    private static readonly string[] FullDisk =
    [
        "No space left on device",
        "Disk quota exceeded",
        "unable to write file ",
    ];

    private static Failure Local(string error) =>
        FullDisk.Any(words => Says(error, words)) ? GitFailures.DiskFull
        : Says(error, "fsck error") || Says(error, "error in object") ? GitFailures.HostileObjects
        : GitFailures.Unnamed;

    private static bool Says(string error, string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static Failure? OfStatus(GitUrl url, string error) =>
        StatusPattern().Match(error) is not { Success: true } match
            ? null
            : int.Parse(match.Groups[1].ValueSpan) switch
            {
                >= 300 and < 400 => ReachFailures.Redirected(url.Host),
                401 => GitFailures.LoginRefused(url.Host),
                403 => GitFailures.Forbidden(url.Host),
                404 or 410 => GitFailures.NotFound(url.Host),
                var status => ReachFailures.Failing(url.Host, status),
            };

    private static IEnumerable<(string Words, Failure Failure)> Table(GitUrl url) =>
        [
            .. FullDisk.Select(words => (words, GitFailures.DiskFull)),
            ("HOST IDENTIFICATION HAS CHANGED", GitFailures.HostKeyChanged(url.Host)),
            ("host key is known for", GitFailures.HostKeyUnknown(url.Host)),
            ("Host key verification failed", GitFailures.HostKeyUnknown(url.Host)),
            ("Permission denied (", GitFailures.KeyRefused(url.Host)),
            ("Too many authentication failures", GitFailures.KeyRefused(url.Host)),
            ("Load key", GitFailures.KeyUnreadable),
            ("Authentication failed", GitFailures.LoginRefused(url.Host)),
            ("could not read Username", GitFailures.LoginNeeded(url.Host)),
            ("could not read Password", GitFailures.LoginNeeded(url.Host)),
            ("Could not resolve host", ReachFailures.HostUnknown(url.Host)),
            ("timed out", ReachFailures.TimedOut(url.Host)),
            ("Operation too slow", ReachFailures.TimedOut(url.Host)),
            ("Connection refused", ReachFailures.Refused(url.Host, url.Port)),
            ("Failed to connect", ReachFailures.Refused(url.Host, url.Port)),
            ("No route to host", ReachFailures.Refused(url.Host, url.Port)),
            ("Network is unreachable", ReachFailures.Refused(url.Host, url.Port)),
            ("does not match target host name", ReachFailures.TlsWrongName(url.Host)),
            ("certificate verification failed", ReachFailures.TlsUntrusted(url.Host)),
            ("SSL certificate problem", ReachFailures.TlsUntrusted(url.Host)),
            ("gnutls_handshake", ReachFailures.TlsFailed(url.Host)),
            ("SSL_connect", ReachFailures.TlsFailed(url.Host)),
            ("unable to update url base from redirection", ReachFailures.Redirected(url.Host)),
            .. OfRepository(url),
        ];

    private static IEnumerable<(string Words, Failure Failure)> OfRepository(GitUrl url) =>
        [
            ("couldn't find remote ref", GitFailures.RefGone),
            ("not our ref", GitFailures.CommitGone),
            ("unadvertised object", GitFailures.CommitGone),
            ("is this a git repository?", GitFailures.NotGit(url)),
            ("invalid server response", GitFailures.NotGit(url)),
            ("protocol error: bad line length", GitFailures.NotGit(url)),
            ("bad line length character", GitFailures.NotGit(url)),
            ("does not appear to be a git repository", GitFailures.NotFound(url.Host)),
            ("repository not found", GitFailures.NotFound(url.Host)),
            ("' not found", GitFailures.NotFound(url.Host)),
            ("Empty reply from server", ReachFailures.CutOff(url.Host)),
            ("Connection reset", ReachFailures.CutOff(url.Host)),
            ("Connection closed", ReachFailures.CutOff(url.Host)),
            ("early EOF", ReachFailures.CutOff(url.Host)),
            ("RPC failed", ReachFailures.CutOff(url.Host)),
            ("Recv failure", ReachFailures.CutOff(url.Host)),
        ];

    /// <summary>The text of an ERR packet (gitprotocol-pack, "pkt-line"), by which either side ends the talk.</summary>
    [GeneratedRegex(@"^fatal: remote error: (.+)$", RegexOptions.Multiline)]
    private static partial Regex DoorPattern();

    [GeneratedRegex(@"The requested URL returned error: (\d{3})")]
    private static partial Regex StatusPattern();
}
