namespace Fairlead.Contracts.Connections;

/// <summary><c>POST /api/v1/connections</c></summary>
public sealed record NewConnection(string Name, string Kind)
{
    /// <summary>What people type; made from the name when null.</summary>
    public string? Id { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>A credential made together with the connection.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>The ID of a credential of the caller's to use instead of <see cref="Secrets"/>.</summary>
    public string? Credential { get; init; }

    /// <summary><c>private</c>, <c>public</c> or <c>custom</c>.</summary>
    public string Scope { get; init; } = "private";

    /// <summary>Names of those a custom scope lets in.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];
}

/// <summary><c>PATCH /api/v1/connections/{id}</c>: what is null stays as it is.</summary>
public sealed record ConnectionChange
{
    public string? Name { get; init; }

    /// <summary>Each value given replaces the one before; an empty one removes it.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>A new credential for this connection alone.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    public string? Credential { get; init; }
    public string? Scope { get; init; }
    public IReadOnlyList<string>? People { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Hands it over to this person.</summary>
    public string? Owner { get; init; }

    /// <summary>Narrow the scope though something is bound to it; what is bound stays bound.</summary>
    public bool Force { get; init; }
}

/// <summary><c>POST /api/v1/connections/{id}/confirm</c></summary>
/// <param name="Shown">What was compared, to the letter.</param>
public sealed record ProposalConfirmation(string Setting, string Shown);

/// <summary>Where an administrator lets connections lead beyond the public internet over TLS.</summary>
/// <param name="Host">A host name or address, or <c>*</c>.</param>
/// <param name="Network">CIDR the host may resolve to.</param>
public sealed record NewReachRule(string Host, string Network)
{
    /// <summary>0 for any.</summary>
    public int Port { get; init; }

    public bool PlainHttp { get; init; }
    public string Note { get; init; } = "";
}

public sealed record ReachRuleInfo(
    long Id,
    string Host,
    string Network,
    int Port,
    bool PlainHttp,
    string Note,
    DateTimeOffset CreatedAt
);
