using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Server.Execution.Engines;

/// <summary>How this machine builds images.</summary>
/// <param name="StateDirectory">Absolute; holds each slot's layer store. On a disk with room.</param>
/// <param name="RunDirectory">Absolute and short (a socket's path has at most 107 bytes); on tmpfs where there is
/// one.</param>
internal sealed record EngineOptions(string StateDirectory, string RunDirectory)
{
    /// <summary>
    /// Where engines lie by default. A server run as root keeps them apart from its data, which only root may enter,
    /// while engines run as another user.
    /// </summary>
    public static EngineOptions For(string dataDirectory)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..8];
        return Environment.IsPrivilegedProcess
            ? new($"/var/lib/fairlead-engine/{name}", $"/run/fairlead-engine/{name}")
            : new(
                Path.Combine(dataDirectory, "engines"),
                Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
                    ? Path.Combine(runtime, "fairlead-engine", name)
                    : $"/tmp/fairlead-engine-{Environment.UserName}-{name}"
            );
    }

    /// <summary><c>auto</c>, <c>buildkit</c> or <c>buildah</c>.</summary>
    public string Kind { get; init; } = "auto";

    /// <summary>A docker host of the operator's choice instead of daemons of our own, or null.</summary>
    public string? DockerHost { get; init; }

    /// <summary>Directory with what TLS to <see cref="DockerHost"/> needs, or null.</summary>
    public string? DockerCertificates { get; init; }

    /// <summary>A buildx builder that builds what the daemon then pushes, or null for the daemon itself.</summary>
    public BuildxBuilder? Buildx { get; init; }

    /// <summary>Who engines run as when the server is root; ignored otherwise.</summary>
    public string EngineUser { get; init; } = "fairlead-engine";

    public EngineLimits Limits { get; init; } = new();

    /// <summary>Bytes of layer cache a slot keeps; older layers go first.</summary>
    public long CacheBytes { get; init; } = 20L << 30;
}

/// <summary>What one build may use, its engine included. Null: as much as the machine has.</summary>
/// <param name="MemoryBytes">Above it the kernel kills the largest process, which is the build's.</param>
/// <param name="Cpus">Processors, 0.5 being half of one.</param>
/// <param name="Processes">Processes and threads; the engine itself needs about 60.</param>
internal sealed record EngineLimits(long? MemoryBytes = null, double? Cpus = null, int? Processes = 4096);

/// <summary>A registry that builds on a slot pull from or push to.</summary>
/// <param name="Host">Host and port as they stand in image references.</param>
/// <param name="CertificateAuthorities">PEM to trust for it, or null for the system's.</param>
internal sealed record RegistryReach(string Host, string? CertificateAuthorities = null, bool PlainHttp = false);
