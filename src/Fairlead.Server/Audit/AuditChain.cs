using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Server.Audit;

/// <summary>How entries hang together: each hash covers the one before and every field, with lengths.</summary>
internal static class AuditChain
{
    /// <summary>What the first entry hangs on.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] Hash(byte[] before, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Append(hash, row.Id);
        Append(hash, row.At.ToUnixTimeMilliseconds());
        foreach (var text in (string?[])[row.Who, row.What, row.Subject, row.Detail, row.Address])
            Append(hash, text);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        Append(hash, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
    }
}
