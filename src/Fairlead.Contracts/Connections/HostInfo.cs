using Fairlead.Contracts.Events;

namespace Fairlead.Contracts.Connections;

/// <summary>A repository that a connection's credential reaches.</summary>
/// <param name="Id">The host's own id.</param>
/// <param name="Name">What an image repository is bound to.</param>
public sealed record RepositoryInfo(string Id, string Name)
{
    /// <summary>Null for an empty repository, or where the host does not say.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Null where the host's list does not say.</summary>
    public bool? IsPrivate { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Its page at the host.</summary>
    public string? Page { get; init; }
}

/// <summary>The hook of a repository that something is bound to.</summary>
/// <param name="Source">The number of its source.</param>
/// <param name="State">
/// <c>registered</c>, <c>by-hand</c> (the host did not let us), <c>waiting</c> (tried again by itself), <c>removed</c>,
/// <c>off</c> (outbound only: the host is looked at instead) or <c>new</c> (not looked at yet).
/// </param>
public sealed record HookInfo(long Source, string Connection, string Repository, string Url, string State)
{
    /// <summary>Why it is not registered, or what was mended last.</summary>
    public string? Note { get; init; }

    public string? Remedy { get; init; }

    /// <summary>When the host was last asked about it.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When it last brought something.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The newest deliveries it brought; only in lists.</summary>
    public IReadOnlyList<DeliveryInfo> Lately { get; init; } = [];
}

/// <summary>What a list of hooks is cut down to; null for anything.</summary>
/// <param name="Connection">A connection's ID.</param>
/// <param name="Q">Part of a connection's ID or a repository's name.</param>
/// <param name="Page">The page, from 1.</param>
#nullable disable annotations // What ASP.NET Core generates to bind it names these types in typeof().
public sealed record HookFilter(string Connection = null, string Q = null, int Page = 1, int Size = 25);
#nullable restore annotations
