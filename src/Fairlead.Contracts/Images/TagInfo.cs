namespace Fairlead.Contracts.Images;

/// <summary>A tag of an image repository, and what made it.</summary>
/// <param name="Reference"><c>registry/namespace/name:tag</c>.</param>
/// <param name="PullCommand">The command that pulls exactly this image, by digest.</param>
/// <param name="Size">Bytes of configuration and layers; 0 when not known.</param>
/// <param name="BuildId">The build that made it; null when a person pushed it.</param>
/// <param name="Commit">The commit that build was of.</param>
public sealed record TagInfo(
    string Name,
    string Reference,
    string PullCommand,
    string Digest,
    long Size,
    IReadOnlyList<string> Platforms,
    long? BuildId,
    string? Ref,
    string? Commit,
    string? PushedBy,
    DateTimeOffset PushedAt
);
