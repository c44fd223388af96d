using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Programs;
using Fairlead.Runner.Images;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>An index as skopeo reads it from the registry.</summary>
internal sealed record PushedIndex(string MediaType, string Digest, IReadOnlyList<string> Platforms);

/// <summary>One image of an index as skopeo copies it.</summary>
/// <param name="Says">The platform its configuration names.</param>
internal sealed record PlatformImage(string Says, IReadOnlyDictionary<string, string> Files)
{
    public string? File(string name) => Files.GetValueOrDefault(name);
}

/// <summary>Looks at published indexes with an independent client.</summary>
internal static class PushedIndexes
{
    public const string MediaType = "application/vnd.oci.image.index.v1+json";

    public static async Task<PushedIndex> Read(PushTarget target, string tag)
    {
        var text = await Tool.Run(
            "skopeo",
            ["inspect", "--raw", "--tls-verify=false", $"docker://{target.Reference(tag)}"]
        );
        var json = JsonNode.Parse(text)!;
        return new PushedIndex(
            (string)json["mediaType"]!,
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            [.. json["manifests"]!.AsArray().Select(one => Platform(one!["platform"]!))]
        );
    }

    /// <summary>The image that a client on a machine of this platform takes.</summary>
    public static async Task<PlatformImage> Image(PushTarget target, string platform)
    {
        using var directory = new TempDir();
        var chosen = new[] { "--override-os", "linux", "--override-arch", platform.Split('/')[1] };
        var copied = new[] { $"docker://{target.Reference(target.Tags[0])}", $"dir:{directory.Path}" };
        await Tool.Run("skopeo", ["--insecure-policy", .. chosen, "copy", "--src-tls-verify=false", .. copied]);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(directory["manifest.json"]))!;
        var config = JsonNode.Parse(await File.ReadAllTextAsync(directory[Name(manifest["config"]!)]))!;
        var files = new Dictionary<string, string>();
        foreach (var layer in manifest["layers"]!.AsArray())
        foreach (var (name, content) in Unpack(directory[Name(layer!)]))
            files[name] = content;
        return new PlatformImage(Platform(config), files);
    }

    public static async Task<IReadOnlyList<string>> Tags(Uri registry, string repository)
    {
        using var http = new HttpClient();
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(registry, $"v2/{repository}/tags/list")))!;
        return [.. answer["tags"]!.AsArray().Select(tag => (string)tag!).Order()];
    }

    private static string Name(JsonNode part) => ((string)part["digest"]!)["sha256:".Length..];

    private static string Platform(JsonNode at) => $"{at["os"]}/{at["architecture"]}";

    private static IEnumerable<(string Name, string Content)> Unpack(string layer)
    {
        using var gzip = new GZipStream(File.OpenRead(layer), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (tar.GetNextEntry() is { } entry)
            if (entry.DataStream is { } content)
                yield return (entry.Name.TrimStart('/', '.'), new StreamReader(content).ReadToEnd());
    }
}
