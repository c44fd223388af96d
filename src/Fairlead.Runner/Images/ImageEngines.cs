using Fairlead.Contracts.Jobs;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>The engines there are.</summary>
internal static class ImageEngines
{
    /// <exception cref="InvalidOperationException">The server names an engine this runner does not know.</exception>
    public static IImageEngine Create(EngineAccess access, ProgramRunner programs) =>
        access.Kind switch
        {
            EngineSettings.BuildKit => new BuildKitEngine(access, programs),
            EngineSettings.Buildah => new BuildahEngine(access, programs),
            _ => throw new InvalidOperationException($"No engine {access.Kind}."),
        };
}
