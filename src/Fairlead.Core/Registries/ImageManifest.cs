namespace Fairlead.Core.Registries;

/// <summary>A manifest as the registry holds it; the bytes are kept because the digest is over them.</summary>
/// <param name="Digest"><c>sha256:</c> and 64 hex digits, recomputed from <paramref name="Bytes"/>.</param>
public sealed record ImageManifest(string Digest, string MediaType, byte[] Bytes)
{
    /// <summary>Sizes in bytes of configuration and layers, by their digests; empty for an index.</summary>
    public IReadOnlyDictionary<string, long> Parts { get; init; } = new Dictionary<string, long>();

    /// <summary>Bytes of configuration and layers together; 0 for an index.</summary>
    public long Size => Parts.Values.Sum();

    /// <summary>Digests of the manifests that an index lists; empty for a plain image.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary><c>os/architecture</c> of each image; one for a plain image.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];
}
