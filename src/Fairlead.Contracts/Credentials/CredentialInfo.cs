namespace Fairlead.Contracts.Credentials;

/// <summary>A credential as its owner may see it; never with a secret.</summary>
public sealed record CredentialInfo
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string Owner { get; init; }

    /// <summary>Grows with each replacement.</summary>
    public required int Version { get; init; }

    /// <summary>Names of the secrets it holds.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The number of the App whose key it is; null when it has secrets of its own.</summary>
    public long? App { get; init; }

    /// <summary>What may be seen: a user name, a public key.</summary>
    public IReadOnlyDictionary<string, string> Shown { get; init; } = new Dictionary<string, string>();

    /// <summary>IDs of the connections that use it and the caller may see.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ReplacedAt { get; init; }
}

/// <summary><c>POST /api/v1/credentials</c></summary>
/// <param name="Kind">The kind of connection it is for.</param>
public sealed record NewCredential(string Name, string Kind)
{
    public string? Id { get; init; }

    /// <summary>The fields of the kind's form that stand with the credential, and the way to sign in.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}

/// <summary><c>PATCH /api/v1/credentials/{id}</c>: what people call it; its ID stays.</summary>
public sealed record CredentialChange(string Name);

/// <summary><c>PUT /api/v1/credentials/{id}</c>: new values; the old ones are forgotten.</summary>
public sealed record CredentialReplacement
{
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Replace it though a connection that uses it refuses the new values.</summary>
    public bool Force { get; init; }
}
