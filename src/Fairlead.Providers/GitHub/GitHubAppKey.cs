using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.GitHub;

/// <summary>The private key of an App, and the short proof of it that opens the App's own endpoints.</summary>
internal static class GitHubAppKey
{
    private const int ShortestBits = 2048;

    /// <summary>The host's clock may be behind ours (facts/codehosts.md 3.2).</summary>
    private static readonly TimeSpan BackDated = TimeSpan.FromSeconds(60);

    /// <summary>The host takes ten minutes at most.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(9);

    /// <summary>Whether it is the PEM of an RSA key, as PKCS#1 or PKCS#8, without a passphrase.</summary>
    public static bool IsKey(Secret pem)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem.Reveal());
            return key.KeySize >= ShortestBits && key.ExportParameters(true).D is not null;
        }
        catch (Exception odd) when (odd is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    /// <param name="issuer">The App's client ID, or its App ID.</param>
    /// <param name="pem">What <see cref="IsKey"/> accepted.</param>
    public static string Sign(string issuer, Secret pem, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["iat"] = (now - BackDated).ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
            ["iss"] = long.TryParse(issuer, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : issuer,
        };
        var body = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        var signed = $"{Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8)}.{body}";
        using var key = RSA.Create();
        key.ImportFromPem(pem.Reveal());
        var bytes = System.Text.Encoding.ASCII.GetBytes(signed);
        var signature = key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
