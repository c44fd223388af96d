using Fairlead.Contracts.Jobs;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>How the job reaches its slot's engine, and where it may put files for it.</summary>
/// <param name="Kind"><c>buildkit</c> or <c>buildah</c>.</param>
/// <param name="Program">The client program; empty for buildah.</param>
/// <param name="Endpoint">A docker host, or the path of the jail's socket.</param>
/// <param name="Private">Whether docker's "host" network is the engine's own namespace.</param>
/// <param name="Doors">Registries of this machine the engine reaches without their token service.</param>
/// <param name="Secrets">An existing directory on tmpfs, mode 0700.</param>
/// <param name="Work">An existing directory on disk for what is large, mode 0700.</param>
/// <param name="Memory">A directory, existing or not, that later jobs of the same engine see again.</param>
internal sealed record EngineAccess(
    string Kind,
    string Program,
    string Endpoint,
    bool Private,
    IReadOnlyList<string> Doors,
    string Secrets,
    string Work,
    string Memory
)
{
    /// <summary>
    /// Directory with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for TLS to the docker host, or null.
    /// </summary>
    public string? Certificates { get; private init; }

    /// <summary>The buildx builder that builds, or null for the docker host itself.</summary>
    public string? Builder { get; private init; }

    /// <summary>Where buildx finds the builder; it writes there, too.</summary>
    private string BuilderConfiguration { get; init; } = "";

    public static EngineAccess Of(JobEngine engine, JobWorkspace workspace)
    {
        string Setting(string name) => engine.Settings.GetValueOrDefault(name, "");
        return new EngineAccess(
            engine.Kind,
            Setting(EngineSettings.Program),
            Setting(EngineSettings.Endpoint),
            Setting(EngineSettings.PrivateNetwork) == "true",
            Setting(EngineSettings.Doors).Split(',', StringSplitOptions.RemoveEmptyEntries),
            workspace.Secrets,
            workspace.Job,
            Path.Combine(workspace.Mirrors, $".pushed-{workspace.Slot}")
        )
        {
            Certificates = engine.Settings.GetValueOrDefault(EngineSettings.Certificates),
            Builder = engine.Settings.GetValueOrDefault(EngineSettings.Builder),
            BuilderConfiguration = Setting(EngineSettings.BuilderConfiguration),
        };
    }

    /// <summary>
    /// A call of docker's client against this engine. Home and configuration are the call's own: a client left without
    /// falls back to whatever the machine has.
    /// </summary>
    public ProgramCall Docker(string configuration, IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["DOCKER_HOST"] = Endpoint,
            ["DOCKER_CONFIG"] = configuration,
            ["DOCKER_BUILDKIT"] = "1",
            ["HOME"] = configuration,
        };
        if (Certificates is { } certificates)
            (environment["DOCKER_TLS_VERIFY"], environment["DOCKER_CERT_PATH"]) = ("1", certificates);
        if (Builder is not null)
            environment["BUILDX_CONFIG"] = BuilderConfiguration;
        return new(Program, arguments) { Environment = environment };
    }
}
