using Fairlead.Contracts.Builds;

namespace Fairlead.Contracts.Images;

/// <summary>An image repository as lists and pages show it.</summary>
public sealed record ImageInfo
{
    public required string Namespace { get; init; }
    public required string Name { get; init; }

    /// <summary>What <c>docker pull</c> takes, without a tag.</summary>
    public required string Reference { get; init; }

    public required string Summary { get; init; }
    public required bool IsPublic { get; init; }

    /// <summary>Null for an image that people only push to.</summary>
    public ImageSource? Source { get; init; }

    /// <summary>The registry connection images go to; null for the managed registry.</summary>
    public string? TargetConnection { get; init; }

    /// <summary>The repository's name at that registry.</summary>
    public string? TargetRepository { get; init; }

    public required bool BuildOnPush { get; init; }
    public required bool NoCache { get; init; }
    public required int Rules { get; init; }
    public required int Tags { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest build, or null.</summary>
    public BuildInfo? LastBuild { get; init; }

    public string FullName => $"{Namespace}/{Name}";
}

/// <summary>Where an image's code comes from.</summary>
/// <param name="Connection">The connection's ID.</param>
/// <param name="Repository">The repository's name at the host; empty when the connection is one repository.</param>
/// <param name="SourceId">The number of the source, to look up its hook and events.</param>
public sealed record ImageSource(string Connection, string Repository, long SourceId)
{
    /// <summary>The host gets no hook, and is looked at every half minute.</summary>
    public bool OutboundOnly { get; init; }
}
