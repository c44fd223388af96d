using System.Text.Json;

namespace Fairlead.Server.Execution.Engines;

/// <summary>What a slot's engine was started with last; kept in a file, so that the next server adopts it.</summary>
/// <param name="Fingerprint">Of all it was started with.</param>
/// <param name="Registries">All registries it was ever asked to reach; asked once, kept.</param>
internal sealed record SlotRecord(string Fingerprint, IReadOnlyList<RegistryReach> Registries)
{
    public static readonly SlotRecord None = new("", []);

    /// <summary>The record in a file, or <see cref="None"/> when it is missing or torn.</summary>
    public static SlotRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SlotRecord>(File.ReadAllText(path)) ?? None;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    public void Write(string path)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>These registries besides those known; the newer word about a host counts.</summary>
    public IReadOnlyList<RegistryReach> With(IReadOnlyList<RegistryReach> asked) =>
        [
            .. Registries
                .Where(known => asked.All(a => a.Host != known.Host))
                .Concat(asked)
                .OrderBy(registry => registry.Host, StringComparer.Ordinal),
        ];
}
