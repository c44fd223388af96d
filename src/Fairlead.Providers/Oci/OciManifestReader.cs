using System.Security.Cryptography;
using System.Text.Json;
using Fairlead.Core.Registries;

namespace Fairlead.Providers.Oci;

/// <summary>From a manifest's bytes to what we keep of it.</summary>
internal static class OciManifestReader
{
    public static readonly IReadOnlyList<string> MediaTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    public static string DigestOf(ReadOnlySpan<byte> bytes) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Null when the bytes are no manifest.</summary>
    public static (ImageManifest Manifest, string? Config)? Read(byte[] bytes, string? mediaType)
    {
        try
        {
            if (JsonSerializer.Deserialize<Wire>(bytes, JsonSerializerOptions.Web) is not { } wire)
                return null;
            var manifest = new ImageManifest(DigestOf(bytes), mediaType ?? wire.MediaType ?? MediaTypes[2], bytes)
            {
                Parts = Parts([.. wire.Layers ?? [], .. wire.Config is { } own ? [own] : Array.Empty<Descriptor>()]),
                Children = [.. (wire.Manifests ?? []).Select(one => one.Digest).OfType<string>().Where(IsDigest)],
                Platforms = [.. (wire.Manifests ?? []).Select(PlatformOf).OfType<string>().Distinct()],
            };
            return (manifest, wire.Config?.Digest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary><c>os/architecture</c> of an image's configuration, or null.</summary>
    public static string? PlatformOf(byte[] config)
    {
        try
        {
            return Name(JsonSerializer.Deserialize<Platform>(config, JsonSerializerOptions.Web));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, long> Parts(IEnumerable<Descriptor> descriptors)
    {
        var parts = new Dictionary<string, long>();
        foreach (var part in descriptors.Where(part => part.Digest is { } digest && IsDigest(digest)))
            parts[part.Digest!] = Math.Max(0, part.Size);
        return parts;
    }

    private static bool IsDigest(string text) => OciNames.IsDigest(text);

    /// <summary>Attestations in an index call themselves unknown/unknown and are no images.</summary>
    private static string? PlatformOf(Descriptor descriptor) => Name(descriptor.Platform);

    private static string? Name(Platform? platform) =>
        platform is { Os: { Length: > 0 and < 64 } os, Architecture: { Length: > 0 and < 64 } on } && os != "unknown"
            ? $"{os}/{on}{(platform.Variant is { Length: > 0 and < 64 } variant ? "/" + variant : "")}"
            : null;

    private sealed record Wire(
        string? MediaType,
        Descriptor? Config,
        IReadOnlyList<Descriptor>? Layers,
        IReadOnlyList<Descriptor>? Manifests
    );

    private sealed record Descriptor(string? Digest, long Size, Platform? Platform);

    private sealed record Platform(string? Os, string? Architecture, string? Variant);
}
