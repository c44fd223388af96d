using System.IO.Compression;
using Fairlead.Emulators.Programs;
using Fairlead.Runner.Images;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>Looks at a published image with an independent client.</summary>
internal static class PushedContent
{
    /// <summary>Names of the image's files (manifest, configuration, unpacked layers) that contain the words.</summary>
    public static async Task<IReadOnlyList<string>> FilesWith(PushTarget target, string words)
    {
        using var directory = new TempDir();
        string[] tls = target.PlainHttp ? ["--src-tls-verify=false"] : [];
        await Tool.Run(
            "skopeo",
            [
                "--insecure-policy",
                "copy",
                .. tls,
                $"docker://{target.Reference(target.Tags[0])}",
                $"dir:{directory.Path}",
            ]
        );
        return
        [
            .. Directory.EnumerateFiles(directory).Where(file => Text(file).Contains(words)).Select(Path.GetFileName)!,
        ];
    }

    /// <summary>The digest the registry has under a tag.</summary>
    public static async Task<string> Digest(PushTarget target, string tag, params string[] options)
    {
        string[] tls = target.PlainHttp ? ["--tls-verify=false"] : [];
        var arguments = new[] { "inspect", "--format", "{{.Digest}}" };
        return (
            await Tool.Run("skopeo", [.. arguments, .. tls, .. options, $"docker://{target.Reference(tag)}"])
        ).Trim();
    }

    private static string Text(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes is not [0x1f, 0x8b, ..])
            return System.Text.Encoding.Latin1.GetString(bytes);
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        return System.Text.Encoding.Latin1.GetString(unpacked.ToArray());
    }
}
