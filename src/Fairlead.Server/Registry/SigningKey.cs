using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Fairlead.Server.Registry;

/// <summary>
/// The key that signs registry tokens. The registry trusts it through a certificate in its <c>rootcertbundle</c> and
/// finds it by libtrust's fingerprint, which is the only key id it accepts (measured on docker-registry 2.8).
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Credentials = new SigningCredentials(
            new ECDsaSecurityKey(key)
            {
                KeyId = Fingerprint(key),
                // The library's cache is the process's and outlives this key: it would sign with a disposed one.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
            SecurityAlgorithms.EcdsaSha256
        );
    }

    public SigningCredentials Credentials { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(key);
    }

    public byte[] ToPkcs8() => _key.ExportPkcs8PrivateKey();

    /// <summary>A self-signed certificate of the public key, PEM: what the registry is told to trust.</summary>
    public string Certificate(DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=fairlead registry tokens", _key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>Whether a certificate written earlier is still this key's, and lasts another month.</summary>
    public bool IsCertifiedBy(string certificatePem, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPem(certificatePem);
        var certified = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return certified.AsSpan().SequenceEqual(_key.ExportSubjectPublicKeyInfo())
            && new DateTimeOffset(certificate.NotAfter) > now.AddDays(30);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>
    /// libtrust: base32 of the first 30 bytes of SHA-256 over the public key's DER, in twelve groups of four.
    /// </summary>
    private static string Fingerprint(ECDsa key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var hash = SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 30);
        var text = new StringBuilder();
        for (var bit = 0; bit < 240; bit += 5)
        {
            var window = (hash[bit / 8] << 8) | (bit / 8 + 1 < 30 ? hash[bit / 8 + 1] : 0);
            text.Append(bit is > 0 && bit % 20 == 0 ? ":" : "").Append(alphabet[(window >> (11 - bit % 8)) & 31]);
        }
        return text.ToString();
    }
}
