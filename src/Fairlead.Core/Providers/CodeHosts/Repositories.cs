using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Tells which repositories a credential reaches.</summary>
public interface IListRepositories
{
    /// <summary>
    /// All of them, every page, each once. Whoever shows them searches here: no two hosts search alike. A list that
    /// could not be read to its end is a failure, never a shorter list.
    /// </summary>
    Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(Target target, CancellationToken cancel);

    /// <summary>
    /// The one with this name, under the name it has now; <c>host.not-found</c> when there is none or the credential
    /// does not reach it (hosts do not tell which).
    /// </summary>
    Task<Outcome<HostedRepository>> FindRepository(Target target, string repository, CancellationToken cancel);
}

/// <summary>
/// Finds a repository by the id that outlives its names: by an old name a host may send nobody on, or lead to another
/// repository that has it by now.
/// </summary>
public interface IFindById
{
    /// <param name="name">The last name it was known by; some hosts tell ids apart within an owner only.</param>
    /// <returns>The one with this id, or <c>host.not-found</c>.</returns>
    Task<Outcome<HostedRepository>> FindById(Target target, string id, string name, CancellationToken cancel);
}

/// <summary>A repository as its host tells of it.</summary>
/// <param name="Id">The host's own id, which outlives a rename or a transfer. Its shape is the host's business.</param>
/// <param name="Name">What image repositories are bound to: the path at the host, of any depth.</param>
public sealed record HostedRepository(string Id, string Name)
{
    /// <summary>Of the failure when there is none, or it is hidden.</summary>
    public const string NotFoundCode = "host.not-found";

    /// <summary>Null for an empty repository, or where the host's list does not say.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Null where the host's list does not say.</summary>
    public bool? IsPrivate { get; init; }

    /// <summary>Nobody can push to it any more.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Its page for people.</summary>
    public string? Page { get; init; }
}
