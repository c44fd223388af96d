using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Server.Execution.Engines;

/// <summary>All a slot's engine is started with. Two plans with one fingerprint start the same engine.</summary>
internal sealed record SlotPlan(
    string Kind,
    IReadOnlyList<RegistryReach> Registries,
    IReadOnlyList<Door> Doors,
    IReadOnlyList<string> Own,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<string> Command
)
{
    public string Fingerprint =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new
                        {
                            Kind,
                            Registries,
                            Doors,
                            Own,
                            Files,
                            Command,
                        }
                    )
                )
            )
        );

    public static async Task<SlotPlan> Make(
        string kind,
        EngineOptions options,
        SlotPaths paths,
        IReadOnlyList<RegistryReach> registries,
        CancellationToken cancel
    )
    {
        var doors = new List<Door>();
        foreach (var registry in registries)
            if (await Door.For(registry, cancel) is { } door)
                doors.Add(door);
        var files = new Dictionary<string, string>
        {
            ["engine-outer.sh"] = Script("engine-outer.sh"),
            ["engine-inner.sh"] = Script("engine-inner.sh"),
            ["daemon.json"] = DockerDaemon.Configuration(options, registries),
        };
        return new SlotPlan(kind, registries, doors, HostAddresses.Own(), files, DockerDaemon.Command(paths));
    }

    private static string Script(string name)
    {
        using var stream = typeof(SlotPlan).Assembly.GetManifestResourceStream($"Engines.{name}")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
