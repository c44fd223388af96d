using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.GitHttp;

/// <summary>Which branches and tags a repository has, asked of its host.</summary>
/// <param name="Reach">Where an administrator lets us go.</param>
internal sealed record RefQuestion(RepositoryAddress Address, GitCredential Credential, IReadOnlyList<ReachRule> Reach)
{
    /// <summary>The mark of an earlier answer (<see cref="RefList.Mark"/>); null reads whatever comes.</summary>
    public string? Known { get; init; }

    /// <summary>For the whole of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);
}
