using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Fairlead.Emulators.Registry;

/// <summary>
/// Hashes passwords for htpasswd files with the system's own crypt(3), the only form registries read.
/// </summary>
internal static partial class Bcrypt
{
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly Lock Gate = new();

    public static string Hash(string password)
    {
        var salt = "$2b$04$" + RandomNumberGenerator.GetString(Alphabet, 21) + ".";
        lock (Gate)
            return Marshal.PtrToStringUTF8(Crypt(password, salt))
                ?? throw new InvalidOperationException("This system's crypt(3) has no bcrypt.");
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string key, string salt);
}
