using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairlead.Runner.Images;

/// <summary>
/// A directory of images in OCI's image layout (OCI image specification, "Image Layout"), one a platform, and in the
/// end one index over them.
/// </summary>
internal sealed class OciLayout(string directory)
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string NameKey = "org.opencontainers.image.ref.name";

    /// <summary>The whole layout in skopeo's words.</summary>
    public string All => $"oci:{directory}";

    /// <summary>The place of one platform's image in skopeo's words.</summary>
    public string Place(string platform) => $"oci:{directory}:{Name(platform)}";

    /// <summary>
    /// Joins the images of these platforms, all of which are in their places, in one index that stands alone in the
    /// layout.
    /// </summary>
    /// <returns>Bytes of all configurations and layers, what images share counted once.</returns>
    public async Task<long> Join(IReadOnlyList<string> platforms, CancellationToken cancel)
    {
        var held = (await Read(Path.Combine(directory, "index.json"), cancel))["manifests"]!.AsArray();
        var sizes = new Dictionary<string, long>();
        var joined = new JsonArray();
        foreach (var platform in platforms)
        {
            var found = held.Single(one => one!["annotations"]![NameKey]!.GetValue<string>() == Name(platform))!;
            var manifest = await Read(Blob(found), cancel);
            foreach (var part in manifest["layers"]!.AsArray().Append(manifest["config"]))
                sizes[part!["digest"]!.GetValue<string>()] = part["size"]!.GetValue<long>();
            joined.Add(Entry(found, platform));
        }
        await Write(joined, cancel);
        return sizes.Values.Sum();
    }

    private async Task Write(JsonArray manifests, CancellationToken cancel)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Index(manifests));
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await File.WriteAllBytesAsync(Path.Combine(directory, "blobs", "sha256", digest), bytes, cancel);
        var one = Descriptor(IndexType, $"sha256:{digest}", bytes.Length);
        var top = JsonSerializer.SerializeToUtf8Bytes(Index([one]));
        await File.WriteAllBytesAsync(Path.Combine(directory, "index.json"), top, cancel);
    }

    private static JsonObject Index(JsonArray manifests) =>
        new()
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = IndexType,
            ["manifests"] = manifests,
        };

    private static JsonObject Entry(JsonNode held, string platform)
    {
        var parts = platform.Split('/', 3);
        var named = new JsonObject { ["os"] = parts[0], ["architecture"] = parts[1] };
        if (parts.Length == 3)
            named["variant"] = parts[2];
        var (type, digest) = (held["mediaType"]!.GetValue<string>(), held["digest"]!.GetValue<string>());
        var entry = Descriptor(type, digest, held["size"]!.GetValue<long>());
        entry["platform"] = named;
        return entry;
    }

    private static JsonObject Descriptor(string type, string digest, long size) =>
        new()
        {
            ["mediaType"] = type,
            ["digest"] = digest,
            ["size"] = size,
        };

    private string Blob(JsonNode descriptor) =>
        Path.Combine(directory, "blobs", descriptor["digest"]!.GetValue<string>().Replace(':', '/'));

    private static async Task<JsonObject> Read(string path, CancellationToken cancel) =>
        JsonNode.Parse(await File.ReadAllBytesAsync(path, cancel))!.AsObject();

    private static string Name(string platform) => platform.Replace('/', '-');
}
