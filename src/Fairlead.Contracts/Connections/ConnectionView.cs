namespace Fairlead.Contracts.Connections;

/// <summary>A connection as somebody may see it; never with a secret.</summary>
public sealed record ConnectionView
{
    /// <summary>What people type.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }
    public required string Kind { get; init; }

    /// <summary>The owner's name.</summary>
    public required string Owner { get; init; }

    /// <summary><c>private</c>, <c>public</c> or <c>custom</c>.</summary>
    public required string Scope { get; init; }

    public IReadOnlyList<string> People { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>False: an administrator sees that it exists, and may hand it over or delete it.</summary>
    public required bool Usable { get; init; }

    /// <summary>The caller may change it.</summary>
    public required bool Editable { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The credential's ID; null for none.</summary>
    public string? Credential { get; init; }

    /// <summary>What may be seen of the credential: a user name, a public key.</summary>
    public IReadOnlyDictionary<string, string> CredentialShown { get; init; } = new Dictionary<string, string>();

    public required VerdictInfo Verdict { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When it is verified again by itself; null when a person has to change something first.</summary>
    public DateTimeOffset? NextVerifyAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the last verification found.</summary>
/// <param name="Kind">
/// <c>unverified</c>, <c>trusted</c>, <c>rejected</c>, <c>unreachable</c>, <c>misconfigured</c>.
/// </param>
public sealed record VerdictInfo(string Kind, string Sentence)
{
    public string? Code { get; init; }
    public string? Remedy { get; init; }
    public string? Field { get; init; }

    /// <summary>Who the other side says we are.</summary>
    public string? Identity { get; init; }

    public IReadOnlyList<string> Privileges { get; init; } = [];

    /// <summary>What the credential lacks, each with what fails without it.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What it may do that nothing here needs.</summary>
    public IReadOnlyList<string> Excess { get; init; } = [];
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What a person may confirm.</summary>
    public ProposalInfo? Proposal { get; init; }
}

/// <param name="Setting">The setting it would fill.</param>
/// <param name="Shown">What to compare: fingerprints, an address. Send it back to confirm.</param>
public sealed record ProposalInfo(string Setting, string Shown);

/// <summary>Something that is bound to a connection.</summary>
/// <param name="What"><c>image</c> or <c>source</c>.</param>
/// <param name="Name"><c>namespace/name</c> of an image, or a repository at the host.</param>
public sealed record ConnectionUser(string What, string Name);

/// <summary>Branches and tags of a repository.</summary>
/// <param name="DefaultBranch">Null for an empty repository.</param>
/// <param name="Refs">The default branch first, then branches, then tags, the highest version first.</param>
public sealed record RefsInfo(string? DefaultBranch, Page<RefInfo> Refs);

/// <param name="Ref">The full name: <c>refs/heads/main</c>.</param>
public sealed record RefInfo(string Ref, string Commit);
