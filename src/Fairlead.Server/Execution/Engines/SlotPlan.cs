using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>All a slot's engine is started with. Two plans with one fingerprint start the same engine.</summary>
internal sealed record SlotPlan(
    string Kind,
    IReadOnlyList<RegistryReach> Registries,
    IReadOnlyList<Door> Doors,
    IReadOnlyList<string> Own,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<string> Command,
    string Store
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
        bool ofRequests,
        CancellationToken cancel
    )
    {
        var doors = new List<Door>();
        foreach (var registry in registries)
            if (await Door.For(registry, cancel) is { } door)
                doors.Add(door);
        var files = kind == EngineSettings.BuildKit ? DockerFiles(options, registries) : JailFiles(registries);
        foreach (var script in new[] { "engine-outer.sh", "engine-inner.sh" })
            files[script] = Script(script);
        var store = paths.Store(ofRequests);
        var command =
            kind == EngineSettings.BuildKit
                ? DockerDaemon.Command(paths, store)
                : BuildahJail.Command(options, paths, store);
        return new SlotPlan(kind, registries, doors, HostAddresses.Own(), files, command, store);
    }

    private static Dictionary<string, string> DockerFiles(
        EngineOptions options,
        IReadOnlyList<RegistryReach> registries
    ) => new() { ["daemon.json"] = DockerDaemon.Configuration(options, registries) };

    private static Dictionary<string, string> JailFiles(IReadOnlyList<RegistryReach> registries) =>
        new(BuildahJail.Configuration(registries))
        {
            ["jail-enter.sh"] = Script("jail-enter.sh"),
            ["jail-serve.sh"] = Script("jail-serve.sh"),
        };

    private static string Script(string name)
    {
        using var stream = typeof(SlotPlan).Assembly.GetManifestResourceStream($"Engines.{name}")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
