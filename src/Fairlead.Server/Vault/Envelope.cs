using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Server.Vault;

/// <summary>
/// The cryptography of one sealed value: a fresh data key encrypts exactly one value with AES-256-GCM (so a nonce can
/// never repeat under it), and a key-encryption key wraps the data key. Additional data are length-prefixed, so no
/// two different places can spell the same bytes. Plain text is padded to 64-byte blocks to hide its length.
/// </summary>
internal static class Envelope
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Block = 64;
    private const string Algorithm = "A256GCM";

    public static SealedRow Seal(KeyEncryptionKey kek, Place place, ReadOnlySpan<byte> plain, DateTimeOffset now)
    {
        var dataKey = GC.AllocateArray<byte>(KeyEncryptionKey.Size, pinned: true);
        var padded = GC.AllocateArray<byte>((plain.Length + 4 + Block - 1) / Block * Block, pinned: true);
        try
        {
            RandomNumberGenerator.Fill(dataKey);
            BinaryPrimitives.WriteInt32BigEndian(padded, plain.Length);
            plain.CopyTo(padded.AsSpan(4));
            var (nonce, ciphertext) = Encrypt(dataKey, padded, DataContext(place));
            var (wrapNonce, wrapped) = Encrypt(kek.Bytes, dataKey, WrapContext(kek.Id, place));
            return new SealedRow
            {
                Owner = place.Owner,
                Field = place.Field,
                Version = place.Version,
                KeyId = kek.Id,
                WrapNonce = wrapNonce,
                WrappedKey = wrapped,
                Nonce = nonce,
                Ciphertext = ciphertext,
                CreatedAt = now,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <summary>Hands the plain bytes to <paramref name="use"/> and wipes them.</summary>
    /// <exception cref="SealBrokenException">Any bit of it is not as it was sealed for this place.</exception>
    public static T Open<T>(KeyEncryptionKey kek, SealedRow row, Place place, Func<ReadOnlySpan<byte>, T> use)
    {
        byte[] dataKey = [];
        byte[] padded = [];
        try
        {
            dataKey = Decrypt(kek.Bytes, row.WrapNonce, row.WrappedKey, WrapContext(row.KeyId, place));
            padded = Decrypt(dataKey, row.Nonce, row.Ciphertext, DataContext(place));
            return use(padded.AsSpan(4, BinaryPrimitives.ReadInt32BigEndian(padded)));
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            throw new SealBrokenException(place.Owner, place.Field);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <summary>The data key under another key-encryption key; the value itself is not touched.</summary>
    public static (byte[] Nonce, byte[] Wrapped) Rewrap(KeyEncryptionKey from, KeyEncryptionKey to, SealedRow row)
    {
        var place = new Place(row.Owner, row.Field, row.Version);
        byte[] dataKey = [];
        try
        {
            dataKey = Decrypt(from.Bytes, row.WrapNonce, row.WrappedKey, WrapContext(row.KeyId, place));
            return Encrypt(to.Bytes, dataKey, WrapContext(to.Id, place));
        }
        catch (CryptographicException)
        {
            throw new SealBrokenException(row.Owner, row.Field);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static (byte[] Nonce, byte[] Ciphertext) Encrypt(byte[] key, byte[] plain, byte[] context)
    {
        using var aes = new AesGcm(key, TagSize);
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var output = new byte[plain.Length + TagSize];
        aes.Encrypt(nonce, plain, output.AsSpan(0, plain.Length), output.AsSpan(plain.Length), context);
        return (nonce, output);
    }

    private static byte[] Decrypt(byte[] key, byte[] nonce, byte[] input, byte[] context)
    {
        if (input.Length < TagSize || nonce.Length != NonceSize)
            throw new CryptographicException();
        using var aes = new AesGcm(key, TagSize);
        var plain = GC.AllocateArray<byte>(input.Length - TagSize, pinned: true);
        aes.Decrypt(nonce, input.AsSpan(0, plain.Length), input.AsSpan(plain.Length), plain, context);
        return plain;
    }

    private static byte[] DataContext(Place place) =>
        Context("fairlead-sealed/v1", place.Owner, place.Field, $"{place.Version}", Algorithm);

    private static byte[] WrapContext(string keyId, Place place) =>
        Context("fairlead-data-key/v1", keyId, place.Owner, place.Field, $"{place.Version}");

    private static byte[] Context(params ReadOnlySpan<string> parts)
    {
        using var context = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            context.Write(length);
            context.Write(bytes);
        }
        return context.ToArray();
    }
}

/// <summary>Where a sealed value belongs; it opens nowhere else.</summary>
internal readonly record struct Place(string Owner, string Field, int Version);
