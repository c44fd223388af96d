using System.IO.Compression;
using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support.Proof;

/// <summary>An image as skopeo, a client we did not write, gets it.</summary>
internal static class Pulled
{
    /// <summary>What a client keeps after <c>login</c>.</summary>
    public static string Login(string registry, string person, string token)
    {
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{person}:{token}"));
        return $$$"""{"auths": { "{{{registry}}}": { "auth": "{{{basic}}}" } } }""";
    }

    public static async Task<string> Digest(string reference, string login) =>
        (await With(login, file => Skopeo("inspect", file, "--format", "{{.Digest}}", $"docker://{reference}"))).Trim();

    /// <summary>Manifest, configuration with its history, and every layer unpacked.</summary>
    public static async Task<IReadOnlyList<(string Name, byte[] Bytes)>> Files(string reference, string login)
    {
        using var target = new TempDir();
        await With(login, file => Skopeo("copy", file, $"docker://{reference}", $"dir:{target["image"]}"));
        return [.. Directory.EnumerateFiles(target["image"]).Select(file => (Path.GetFileName(file), Read(file)))];
    }

    private static async Task<string> With(string login, Func<string, Task<string>> run)
    {
        using var directory = new TempDir();
        return await run(directory.Write("auth.json", login));
    }

    private static Task<string> Skopeo(string verb, string authFile, params string[] rest)
    {
        var tls = verb == "copy" ? "--src-tls-verify=false" : "--tls-verify=false";
        return Tool.Run("skopeo", ["--insecure-policy", verb, "--authfile", authFile, tls, .. rest]);
    }

    private static byte[] Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes is not [0x1f, 0x8b, ..])
            return bytes;
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
