using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;

namespace Fairlead.Providers.Http;

/// <summary>Certificates as people paste and compare them.</summary>
internal static class Certificates
{
    /// <summary>Rewrites a bundle from its parsed certificates, so nothing else can hide in it.</summary>
    public static Outcome<string> Normalise(string pem)
    {
        var parsed = Parse(pem);
        return parsed.Count == 0
            ? ReachFailures.CertificatesUnreadable
            : string.Join('\n', parsed.Select(certificate => certificate.ExportCertificatePem()));
    }

    /// <summary>The certificates of a bundle; empty when there are none or one cannot be read.</summary>
    public static X509Certificate2Collection Parse(string? pem)
    {
        var parsed = new X509Certificate2Collection();
        try
        {
            if (pem is not null)
                parsed.ImportFromPem(pem);
            return parsed;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    public static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    public static Proposal Propose(X509Certificate2 certificate)
    {
        var digest = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var print = string.Join(':', digest.Chunk(2).Select(pair => new string(pair)));
        var shown = $"{certificate.Subject}, valid until {certificate.NotAfter:yyyy-MM-dd}, SHA-256 {print}";
        return new Proposal(Target.CaSetting, shown, certificate.ExportCertificatePem());
    }
}
