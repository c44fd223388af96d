namespace Fairlead.Contracts.Jobs;

/// <summary>The words of <see cref="JobEngine.Kind"/> and the keys of <see cref="JobEngine.Settings"/>.</summary>
public static class EngineSettings
{
    public const string BuildKit = "buildkit";
    public const string Buildah = "buildah";

    /// <summary>Absolute path of the client program to drive the engine with; absent for buildah.</summary>
    public const string Program = "program";

    /// <summary>
    /// BuildKit: a docker host (<c>unix:///run/.../docker.sock</c>, <c>tcp://...</c>). buildah: the path of the jail's
    /// Unix socket.
    /// </summary>
    public const string Endpoint = "endpoint";

    /// <summary>
    /// Directory with the daemon's <c>ca.pem</c> and our <c>cert.pem</c> and <c>key.pem</c>, for TLS.
    /// </summary>
    public const string Certificates = "certificates";

    /// <summary>Name of the buildx builder to build with; absent for the daemon itself.</summary>
    public const string Builder = "builder";

    /// <summary>Directory in which buildx finds that builder, the job's own to write.</summary>
    public const string BuilderConfiguration = "builder-configuration";

    /// <summary>
    /// <c>true</c> when RUN steps use the daemon's private network namespace, which docker calls host.
    /// </summary>
    public const string PrivateNetwork = "private-network";

    /// <summary>
    /// Registries on this machine, comma separated <c>host:port</c>: the engine reaches them through a door and
    /// cannot reach their token service.
    /// </summary>
    public const string Doors = "doors";
}
