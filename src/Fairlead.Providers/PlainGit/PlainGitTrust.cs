using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.PlainGit;

/// <summary>
/// Finds out what a person could confirm after a host was not trusted: its host keys, its certificate.
/// </summary>
internal sealed class PlainGitTrust(Outside outside)
{
    public Task<Verdict> Explain(Target target, GitRemote remote, Failure failure, CancellationToken cancel) =>
        failure.Code switch
        {
            GitFailures.HostKeyUnknownCode or GitFailures.HostKeyChangedCode => OfSsh(remote, failure, cancel),
            _ when failure.Code.StartsWith("reach.tls-", StringComparison.Ordinal) => OfTls(
                target,
                remote,
                failure,
                cancel
            ),
            _ => Task.FromResult(Verdict.From(failure)),
        };

    private async Task<Verdict> OfSsh(GitRemote remote, Failure failure, CancellationToken cancel)
    {
        var url = GitUrl.Parse(remote.Address.Url).Value;
        var scan = await HostKeys.Scan(outside.Programs, url, remote.PinnedAddress!, cancel);
        if (!scan.Try(out var lines, out var reason))
            return Verdict.From(reason);
        if (lines.Count == 0)
            return Verdict.From(failure);
        var shown = string.Join('\n', lines.Select(HostKeys.Fingerprint));
        return Verdict.From(failure) with
        {
            Proposal = new Proposal(PlainGitForm.HostKeys, shown, string.Join('\n', lines)),
        };
    }

    /// <summary>Git only says that it does not trust the certificate; a handshake of our own tells why.</summary>
    private async Task<Verdict> OfTls(Target target, GitRemote remote, Failure failure, CancellationToken cancel)
    {
        using var client = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        var request = new GuardedRequest(HttpMethod.Head, new Uri(remote.Address.Url))
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        var answer = await client.Send(request, cancel);
        return Verdict.From(answer.Failure ?? failure) with { Proposal = client.Proposal };
    }
}
