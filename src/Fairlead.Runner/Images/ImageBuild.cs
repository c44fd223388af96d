using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Images;

/// <summary>What to build.</summary>
/// <param name="Source">Root of the checked-out repository; nothing outside of it is read.</param>
/// <param name="Directory">The context, relative to the source; empty for all of it.</param>
/// <param name="Dockerfile">Relative to the context.</param>
internal sealed record ImageBuild(string Source, string Directory, string Dockerfile)
{
    /// <summary>Build arguments. They stay in the image's history: never a secret.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>What <c>RUN --mount=type=secret,id=...</c> sees; no layer and no history holds them.</summary>
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>Take nothing from the layer cache.</summary>
    public bool NoCache { get; init; }

    /// <summary><c>os/architecture</c>, or null for the machine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>
    /// Builds with the same name share <c>type=cache</c> mounts; with another name never. The image repository's.
    /// </summary>
    public required string CacheName { get; init; }

    /// <summary>One for each registry that base images come from.</summary>
    public IReadOnlyList<RegistryKey> Keys { get; init; } = [];
}

/// <summary>How to log in at one registry.</summary>
/// <param name="Host">Host and port as image references name it.</param>
/// <param name="Username">Empty when it asks for none.</param>
internal sealed record RegistryKey(string Host, string Username, Secret Password)
{
    /// <summary>The token service that may see the password; null when only the registry itself may.</summary>
    public string? Realm { get; init; }

    /// <summary>The registry speaks http.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>PEM to trust for registry and token service besides the system's, or null.</summary>
    public string? CertificateAuthorities { get; init; }

    public static RegistryKey None(string host) => new(host, "", new Secret(""));
}

/// <summary>Where an image goes.</summary>
/// <param name="Registry">Host and port.</param>
/// <param name="Repository"><c>namespace/name</c>.</param>
/// <param name="Tags">At least one.</param>
internal sealed record PushTarget(string Registry, string Repository, IReadOnlyList<string> Tags)
{
    public RegistryKey? Key { get; init; }

    /// <summary>The registry speaks http.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>PEM to trust for it besides the system's, or null.</summary>
    public string? CertificateAuthorities { get; init; }

    public string Reference(string tag) => $"{Registry}/{Repository}:{tag}";
}
