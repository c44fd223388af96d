using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Tests.Support;

/// <summary>The smallest image there is, as an OCI layout that skopeo can copy: one empty layer.</summary>
public static class TinyImage
{
    /// <param name="marker">Goes into the configuration, so that different markers give different digests.</param>
    /// <returns>The digest of the manifest.</returns>
    public static string Write(string directory, string marker)
    {
        Directory.CreateDirectory(Path.Combine(directory, "blobs/sha256"));
        var layer = new byte[1024];
        var layerDigest = Blob(directory, layer);
        var config = Encoding.UTF8.GetBytes(
            $$$"""
            {"architecture":"amd64","os":"linux","config":{"Labels":{"marker":"{{{marker}}}"}},
             "rootfs":{"type":"layers","diff_ids":["{{{layerDigest}}}"]}}
            """
        );
        var configDigest = Blob(directory, config);
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json",
                       "digest":"{{{configDigest}}}","size":{{{config.Length}}}},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",
                        "digest":"{{{layerDigest}}}","size":{{{layer.Length}}}}]}
            """
        );
        var digest = Blob(directory, manifest);
        File.WriteAllText(Path.Combine(directory, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(
            Path.Combine(directory, "index.json"),
            $$$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "digest":"{{{digest}}}","size":{{{manifest.Length}}}}]}
            """
        );
        return digest;
    }

    private static string Blob(string directory, byte[] bytes)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllBytes(Path.Combine(directory, "blobs/sha256", hex), bytes);
        return "sha256:" + hex;
    }
}
