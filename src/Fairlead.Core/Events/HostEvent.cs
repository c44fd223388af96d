using Fairlead.Core.Sources;

namespace Fairlead.Core.Events;

/// <summary>What a host's delivery tells, in words that all hosts share. One delivery may tell of several.</summary>
public abstract record HostEvent
{
    /// <summary>A branch or tag was made, moved or deleted.</summary>
    public sealed record RefMoved(Claim Claim) : HostEvent;

    /// <summary>A pull request (merge request) was opened, changed or closed.</summary>
    public sealed record PullRequestChanged(PullRequest PullRequest) : HostEvent;

    /// <summary>The host tried whether the hook works.</summary>
    public sealed record Ping : HostEvent;
}

public enum PullRequestChange
{
    Opened,

    /// <summary>Its commits changed.</summary>
    Updated,

    /// <summary>It goes to another branch now.</summary>
    Retargeted,
    Merged,
    Closed,
}

/// <param name="Number">What people call it by.</param>
/// <param name="Source">Short name of the branch it comes from.</param>
/// <param name="Target">Short name of the branch it goes to.</param>
/// <param name="Head">Null where the host gives no full commit id.</param>
/// <param name="FromFork">
/// It comes from another repository, told by repository id; the host's list says so of what is not told here.
/// </param>
public sealed record PullRequest(
    long Number,
    PullRequestChange Change,
    string Source,
    string Target,
    CommitSha? Head,
    bool FromFork
);
