using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Fairlead.Runner.Trust;

/// <summary>
/// Judges a host's certificate by the system's authorities and those of a connection, as the server does when it
/// verifies, and remembers why one was refused.
/// </summary>
/// <param name="authorities">PEM to trust besides the system's, or null.</param>
internal sealed class CertificateJudge(string? authorities)
{
    private readonly X509Certificate2Collection _own = Parse(authorities);

    /// <summary>Null while none was refused.</summary>
    public CertificateFault? Fault { get; private set; }

    public SslClientAuthenticationOptions Options(string host) =>
        new()
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.None,
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                Accept(shown as X509Certificate2, chain, errors),
        };

    private bool Accept(X509Certificate2? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (shown is null || sent is null)
            return false;
        if (errors == SslPolicyErrors.None)
            return true;
        var rightName = !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        using var own = OwnChain(sent);
        if (rightName && _own.Count > 0 && own.Build(shown))
            return true;
        Fault =
            !rightName ? CertificateFault.WrongName
            : IsExpired(sent) || IsExpired(own) ? CertificateFault.Expired
            : CertificateFault.Untrusted;
        return false;
    }

    private X509Chain OwnChain(X509Chain sent)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_own);
        chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain;
    }

    private static bool IsExpired(X509Chain chain) =>
        chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid));

    /// <summary>The server has read them already; a certificate it kept is one.</summary>
    private static X509Certificate2Collection Parse(string? pem)
    {
        var parsed = new X509Certificate2Collection();
        if (pem is not null)
            parsed.ImportFromPem(pem);
        return parsed;
    }
}

/// <summary>What is wrong with a certificate: each wants something else of a person.</summary>
internal enum CertificateFault
{
    /// <summary>Its authority is not trusted here.</summary>
    Untrusted,

    /// <summary>It has ended, or not begun yet.</summary>
    Expired,

    /// <summary>It is for another host.</summary>
    WrongName,
}
