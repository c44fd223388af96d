using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Runner.Images;

/// <summary>What is remembered, per engine and image repository, of the layers that were pushed last.</summary>
/// <param name="Docker">Layers the daemon knows to be in the registry.</param>
/// <param name="Any">Layers of the last image, whoever pushed it.</param>
internal sealed record PushMemory(IReadOnlySet<string> Docker, IReadOnlySet<string> Any)
{
    public static readonly PushMemory None = new(new HashSet<string>(), new HashSet<string>());

    /// <summary>A lost or torn memory costs time, nothing else.</summary>
    public static PushMemory Read(string directory, PushTarget target)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(PathOf(directory, target)));
            return kept is null ? None : new(kept.Docker.ToHashSet(), kept.Any.ToHashSet());
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Remembers a push.</summary>
    public void Write(string directory, PushTarget target, IReadOnlyList<ImageLayer> image, bool byDocker)
    {
        var names = image.Select(layer => layer.Name).ToArray();
        // Of what docker pushed earlier, only what is still in use.
        var docker = byDocker ? names : [.. names.Where(Docker.Contains)];
        var path = PathOf(directory, target);
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(new Kept(docker, names)));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string PathOf(string directory, PushTarget target)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Registry}/{target.Repository}"));
        return Path.Combine(directory, Convert.ToHexStringLower(name)[..32] + ".json");
    }

    private sealed record Kept(string[] Docker, string[] Any);
}
