using System.Security.Cryptography;

namespace Fairlead.Server.Access;

/// <summary>Random text for tokens, cookies and links.</summary>
internal static class RandomText
{
    public const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>32 characters of base 62: 190 random bits.</summary>
    public static string Make() => RandomNumberGenerator.GetString(Base62, 32);

    /// <summary>What is stored in its place.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}
