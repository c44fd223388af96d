using System.Security.Cryptography;

namespace Fairlead.Server.Vault;

/// <summary>A key that wraps data keys. Its bytes are pinned, so the collector leaves no copies behind.</summary>
/// <param name="Id"><c>kek_yyyymm_8hex</c>: when it was made, and which it is.</param>
internal sealed record KeyEncryptionKey(string Id, byte[] Bytes)
{
    public const int Size = 32;

    public static KeyEncryptionKey Make(DateTimeOffset now)
    {
        var bytes = GC.AllocateArray<byte>(Size, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        return new KeyEncryptionKey(
            $"kek_{now:yyyyMM}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
            bytes
        );
    }

    public override string ToString() => Id;
}
