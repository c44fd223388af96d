using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Core.Secrets;

/// <summary>
/// A value nobody may print. <see cref="ToString"/>, JSON and the debugger show <c>***</c>; only
/// <see cref="Reveal"/> gives the text, so every use can be found by searching for that word.
/// </summary>
[JsonConverter(typeof(MaskingConverter))]
[System.Diagnostics.DebuggerDisplay("***")]
public sealed class Secret : IEquatable<Secret>
{
    public const string Mask = "***";

    private readonly byte[] _utf8;

    public Secret(string value)
        : this(Encoding.UTF8.GetBytes(value)) { }

    public Secret(ReadOnlySpan<byte> utf8)
    {
        _utf8 = GC.AllocateArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(_utf8);
    }

    public bool IsEmpty => _utf8.Length == 0;

    /// <summary>UTF-8 bytes. Do not keep them.</summary>
    public ReadOnlySpan<byte> Bytes => _utf8;

    /// <summary>The text, for the one call that needs it. Never pass it to a log, a path or an argument.</summary>
    public string Reveal() => Encoding.UTF8.GetString(_utf8);

    /// <summary>Compares digests in constant time, so neither content nor length leaks through timing.</summary>
    public bool Equals(Secret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(_utf8), SHA256.HashData(other._utf8));

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => 0;

    public override string ToString() => Mask;

    private sealed class MaskingConverter : JsonConverter<Secret>
    {
        public override Secret? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? new Secret(text) : null;

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Mask);
    }
}
