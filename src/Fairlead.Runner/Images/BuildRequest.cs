using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>What is checked of a build before any engine sees it.</summary>
internal static class BuildRequest
{
    public static Outcome<ContextPath> Check(ImageBuild build)
    {
        if (!ContextPath.Of(build).Try(out var path, out var wrong))
            return wrong;
        if (DockerfileFrontEnd.Check(path.Dockerfile) is { } frontEnd)
            return frontEnd;
        var reserved = build.Arguments.Keys.FirstOrDefault(name =>
            name.StartsWith("BUILDKIT_", StringComparison.Ordinal)
        );
        return reserved is null ? path : BuildFailures.ArgumentReserved(reserved);
    }
}
