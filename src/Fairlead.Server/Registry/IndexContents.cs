using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Providers.Oci;

namespace Fairlead.Server.Registry;

/// <summary>What stands behind the index of an image for several platforms, in the managed registry.</summary>
internal static class IndexContents
{
    /// <summary>A larger index is nobody's image; its size stays unknown.</summary>
    private const int Most = 32;

    /// <summary>
    /// Bytes of configurations and layers of all images, what they share counted once; 0 when that cannot be told.
    /// </summary>
    public static async Task<long> Size(
        ManagedImages managed,
        string repository,
        ImageManifest manifest,
        CancellationToken cancel
    )
    {
        if (manifest.Children.Count is 0 or > Most)
            return manifest.Size;
        var parts = new Dictionary<string, long>();
        foreach (var child in manifest.Children)
        {
            var read = await managed.Manifest(managed.Target, repository, child, cancel);
            if (!read.Try(out var image, out _))
                return 0;
            foreach (var (digest, size) in image.Parts)
                parts[digest] = size;
        }
        return parts.Values.Sum();
    }

    /// <summary>
    /// The digests of a manifest and, of an index, those of its images after it; empty when it is gone.
    /// </summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Digests(
        ManagedImages managed,
        string repository,
        string reference,
        CancellationToken cancel
    )
    {
        var read = await managed.Manifest(managed.Target, repository, reference, cancel);
        if (read.Try(out var manifest, out var failure))
            return new List<string> { manifest.Digest }
                .Concat(manifest.Children)
                .ToList();
        return failure.Code == OciFailures.ManifestUnknownCode ? Array.Empty<string>() : failure;
    }
}
