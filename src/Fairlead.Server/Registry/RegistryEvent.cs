namespace Fairlead.Server.Registry;

/// <summary>
/// What the registry posts (<c>application/vnd.docker.distribution.events.v1+json</c>): pushes and pulls of manifests
/// and blobs. Only the fields that are read here.
/// </summary>
internal sealed record RegistryEvents(IReadOnlyList<RegistryEvent>? Events);

internal sealed record RegistryEvent(
    string? Action,
    DateTimeOffset? Timestamp,
    RegistryEventTarget? Target,
    RegistryEventActor? Actor
)
{
    /// <summary>A push of a manifest under a tag; blobs and manifests by digest have no tag.</summary>
    public bool IsTagPush =>
        Action == "push" && Target is { Tag.Length: > 0, Digest.Length: > 0, Repository.Length: > 0 };
}

internal sealed record RegistryEventTarget(string? MediaType, string? Digest, string? Repository, string? Tag);

internal sealed record RegistryEventActor(string? Name);
