using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Http;

/// <summary>Why a host's certificate was refused, and what a person may confirm about it.</summary>
internal sealed record TlsFinding(Failure Failure, Proposal? Proposal);

/// <summary>
/// Judges a host's certificate by the system's authorities and those of the connection. There is no way to switch the
/// judgement off; what was wrong is kept for the sentence.
/// </summary>
internal sealed class TlsTrust(string? authorities, TimeProvider time)
{
    private readonly X509Certificate2Collection _own = Certificates.Parse(authorities);

    private readonly ConcurrentDictionary<string, TlsFinding> _findings = new();

    public TlsFinding? LastFinding { get; private set; }

    /// <summary>What was wrong with a host's certificate when it was last refused.</summary>
    public TlsFinding? Finding(string host) => _findings.GetValueOrDefault(host);

    public bool Accept(string host, X509Certificate2? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null || chain is null)
            return false;
        if (errors == SslPolicyErrors.None)
            return true;
        var rightName = !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        if (rightName && _own.Count > 0 && LeadsToOwn(shown, chain))
            return true;
        LastFinding = _findings[host] = Explain(host, shown, chain, rightName);
        return false;
    }

    private bool LeadsToOwn(X509Certificate2 shown, X509Chain sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_own);
        chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(shown);
    }

    private TlsFinding Explain(string host, X509Certificate2 shown, X509Chain chain, bool rightName)
    {
        var now = time.GetUtcNow();
        if (!rightName)
            return new TlsFinding(ReachFailures.TlsWrongName(host), null);
        if (now > shown.NotAfter.ToUniversalTime() || now < shown.NotBefore.ToUniversalTime())
            return new TlsFinding(ReachFailures.TlsExpired(host), null);
        if (Certificates.IsSelfIssued(shown))
            return new TlsFinding(ReachFailures.TlsSelfSigned(host), Certificates.Propose(shown));
        var root = chain.ChainPolicy.ExtraStore.FirstOrDefault(Certificates.IsSelfIssued);
        return new TlsFinding(ReachFailures.TlsUntrusted(host), root is null ? null : Certificates.Propose(root));
    }
}
