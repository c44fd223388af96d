using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Shows at the host what became of a commit.</summary>
public interface IReportStatus
{
    /// <summary>Writes over what the same context said of the same commit before.</summary>
    Task<Outcome<Done>> ReportStatus(Target target, string repository, CommitStatus status, CancellationToken cancel);
}

public enum CommitState
{
    Pending,
    Success,
    Failure,

    /// <summary>It was ended before it could succeed or fail.</summary>
    Cancelled,
}

/// <summary>What is said of a commit.</summary>
/// <param name="Context">Which of several checks speaks: the same from its first to its last word.</param>
/// <param name="Description">One sentence; providers cut it to what their host takes.</param>
/// <param name="Link">Where to read more.</param>
public sealed record CommitStatus(CommitSha Commit, CommitState State, string Context, string Description, Uri Link);
