using Fairlead.Contracts.Jobs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>An engine that is ready for one job of its slot.</summary>
/// <param name="Kind"><c>buildkit</c> or <c>buildah</c>.</param>
/// <param name="Program">The client to drive it with; null for buildah.</param>
/// <param name="Endpoint">A docker host, or the path of the jail's socket.</param>
/// <param name="Private">Whether it is one of ours, in a network of its own.</param>
/// <param name="Doors">Registries on this machine it reaches, host and port.</param>
/// <param name="Limited">Whether memory, processor and process limits hold.</param>
internal sealed record EngineLease(
    string Kind,
    string? Program,
    string Endpoint,
    bool Private,
    IReadOnlyList<string> Doors,
    bool Limited
)
{
    /// <summary>The buildx builder to build with, or null for the daemon itself.</summary>
    public string? Builder { get; init; }

    /// <summary>
    /// Files a job needs to use it: names below a directory of the job's own, and where they lie now. Secrets.
    /// </summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>What the runner is told of it.</summary>
    /// <param name="files">The directory that has <see cref="Files"/>.</param>
    public JobEngine ForJob(string files)
    {
        var settings = new Dictionary<string, string>
        {
            [EngineSettings.Endpoint] = Endpoint,
            [EngineSettings.PrivateNetwork] = Private ? "true" : "false",
            [EngineSettings.Doors] = string.Join(',', Doors),
        };
        if (Program is not null)
            settings[EngineSettings.Program] = Program;
        if (Files.Keys.Any(name => name.StartsWith("tls/", StringComparison.Ordinal)))
            settings[EngineSettings.Certificates] = Path.Combine(files, "tls");
        if (Builder is not null)
            (settings[EngineSettings.Builder], settings[EngineSettings.BuilderConfiguration]) = (
                Builder,
                Path.Combine(files, "buildx")
            );
        return new JobEngine(Kind, settings);
    }
}
