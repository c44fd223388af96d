using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Tells which pull requests (merge requests) are open.</summary>
public interface IListRequests
{
    /// <summary>
    /// All that are open, every page. Git alone does not tell: hosts keep the refs of closed ones. A list that could
    /// not be read to its end is a failure, never a shorter list.
    /// </summary>
    Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(Target target, string repository, CancellationToken cancel);
}
