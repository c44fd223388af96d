using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Says what a credential may do at its host, compared with what its uses need.</summary>
public interface IExplainPrivileges
{
    Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel);

    /// <summary>What our uses need of the credential of such a connection, by the names that reports have.</summary>
    /// <param name="settings">The connection's, with what may be seen of its credential.</param>
    IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) => [];
}

/// <summary>Something that a use of a connection needs.</summary>
/// <param name="AnyOf">Privileges of which one is enough; the narrowest first, which is the one to ask for.</param>
/// <param name="Breaks">The step that fails without: "hooks cannot be registered".</param>
public sealed record PrivilegeNeed(IReadOnlyList<string> AnyOf, string Breaks)
{
    /// <summary>For people: <c>admin:repo_hook: hooks cannot be registered</c>.</summary>
    public string Words => $"{AnyOf[0]}: {Breaks}";
}

/// <summary>Who a credential is, and what it may do.</summary>
/// <param name="Identity">The account's name at the host.</param>
public sealed record PrivilegeReport(string Identity)
{
    /// <summary>False: the host does not tell what such a credential may do; it is found out by trying.</summary>
    public required bool HostTells { get; init; }

    /// <summary>In the host's words.</summary>
    public IReadOnlyList<string> Granted { get; init; } = [];

    public IReadOnlyList<PrivilegeNeed> Missing { get; init; } = [];

    /// <summary>Granted, and needed for nothing here.</summary>
    public IReadOnlyList<string> Excess { get; init; } = [];

    /// <summary>Null when it does not end, or the host does not tell.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The comparison. Pure.</summary>
    /// <param name="granted">Null when the host does not tell.</param>
    public static PrivilegeReport Of(
        string identity,
        IReadOnlyList<string>? granted,
        IReadOnlyList<PrivilegeNeed> needs,
        DateTimeOffset? expiresAt
    ) =>
        new(identity)
        {
            HostTells = granted is not null,
            Granted = granted ?? [],
            Missing = granted is null ? [] : [.. needs.Where(need => !need.AnyOf.Any(granted.Contains))],
            Excess = granted is null ? [] : [.. granted.Where(held => !needs.Any(need => need.AnyOf.Contains(held)))],
            ExpiresAt = expiresAt,
        };
}
