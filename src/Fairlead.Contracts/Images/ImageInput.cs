namespace Fairlead.Contracts.Images;

/// <summary><c>POST /api/v1/images</c>: a new image repository and, if given, its rules, all or nothing.</summary>
public sealed record ImageInput
{
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public string Summary { get; init; } = "";
    public bool IsPublic { get; init; }

    /// <summary>ID of the connection to the code host; null for an image that people only push to.</summary>
    public string? Connection { get; init; }

    /// <summary>The repository's name there; empty when the connection is one repository.</summary>
    public string Repository { get; init; } = "";

    /// <summary>ID of a registry connection to push to; null for the managed registry.</summary>
    public string? TargetConnection { get; init; }

    /// <summary>The repository's name at that registry; null for <c>namespace/name</c>.</summary>
    public string? TargetRepository { get; init; }

    /// <summary>
    /// The host cannot reach this server: register no hook, look every half minute. Holds for all images of the same
    /// repository; null leaves what is known of it.
    /// </summary>
    public bool? OutboundOnly { get; init; }

    public bool BuildOnPush { get; init; } = true;
    public bool NoCache { get; init; }

    /// <summary>Make the namespace when there is none.</summary>
    public bool CreateNamespace { get; init; }

    public IReadOnlyList<RuleInput> Rules { get; init; } = [];
}

/// <summary><c>PATCH /api/v1/images/{ns}/{name}</c>: null keeps what is there, empty text unbinds.</summary>
public sealed record ImageChange
{
    public string? Summary { get; init; }
    public bool? IsPublic { get; init; }
    public string? Connection { get; init; }
    public string? Repository { get; init; }
    public string? TargetConnection { get; init; }
    public string? TargetRepository { get; init; }

    /// <summary>As in <see cref="ImageInput.OutboundOnly"/>.</summary>
    public bool? OutboundOnly { get; init; }

    public bool? BuildOnPush { get; init; }
    public bool? NoCache { get; init; }
}
