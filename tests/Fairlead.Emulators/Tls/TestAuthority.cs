using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fairlead.Emulators.Tls;

/// <summary>
/// A certificate authority that lives as long as a test. Names that are addresses become address entries, all others
/// DNS entries, as browsers and git demand.
/// </summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Test Authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(Now - 30 * Day, Now + 30 * Day);
    }

    /// <summary>What clients have to trust.</summary>
    public string Pem => _root.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A server certificate for these names.</summary>
    public X509Certificate2 Issue(params string[] names) => Issue(names, Now - Day, Now + Day);

    /// <summary>A certificate by which a client says who it is.</summary>
    public X509Certificate2 IssueClient(string name) => Issue([name], Now - Day, Now + Day, ClientUse);

    /// <summary>A server certificate that ended yesterday.</summary>
    public X509Certificate2 IssueExpired(params string[] names) => Issue(names, Now - 3 * Day, Now - Day);

    /// <summary>A certificate that vouches for itself.</summary>
    public static X509Certificate2 SelfSigned(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Loadable(Request(key, names).CreateSelfSigned(Now - Day, Now + Day));
    }

    /// <summary>Writes <c>cert.pem</c> and <c>key.pem</c> for programs that read files.</summary>
    public static (string Certificate, string Key) Write(X509Certificate2 certificate, string directory)
    {
        var (cert, key) = (Path.Combine(directory, "cert.pem"), Path.Combine(directory, "key.pem"));
        File.WriteAllText(cert, certificate.ExportCertificatePem());
        using var pair = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (cert, key);
    }

    public void Dispose() => _root.Dispose();

    private X509Certificate2 Issue(string[] names, DateTimeOffset from, DateTimeOffset until, string use = ServerUse)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using var bare = Request(key, names, use).Create(_root, from, until, serial);
        return Loadable(bare.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Request(ECDsa key, string[] names, string use = ServerUse)
    {
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        return request;
    }

    /// <summary>With a key that outlives this method.</summary>
    private static X509Certificate2 Loadable(X509Certificate2 certificate)
    {
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(
                certificate.Export(X509ContentType.Pkcs12),
                null,
                X509KeyStorageFlags.Exportable
            );
    }
}
