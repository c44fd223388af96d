using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.Rest;

/// <summary>
/// The proof of hosts that cannot sign: the secret itself in a header. It proves the sender, not the body.
/// </summary>
internal static class PlainToken
{
    /// <summary>Whether it is one of the secrets. Takes the same time whichever it is, or none.</summary>
    public static bool Fits(string? given, IReadOnlyList<Secret> secrets)
    {
        if (string.IsNullOrEmpty(given))
            return false;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var fits = false;
        foreach (var secret in secrets)
            fits |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret.Bytes), digest);
        return fits;
    }
}
