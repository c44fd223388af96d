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
    /// <summary>What the runner is told of it.</summary>
    public JobEngine ForJob()
    {
        var settings = new Dictionary<string, string>
        {
            [EngineSettings.Endpoint] = Endpoint,
            [EngineSettings.PrivateNetwork] = Private ? "true" : "false",
            [EngineSettings.Doors] = string.Join(',', Doors),
        };
        if (Program is not null)
            settings[EngineSettings.Program] = Program;
        return new JobEngine(Kind, settings);
    }
}
