namespace Fairlead.Core.Sources;

/// <summary>One branch or tag and the commit it points to (peeled, for annotated tags).</summary>
public sealed record RefHead(GitRef Ref, CommitSha Commit);

/// <summary>The branches and tags of a repository at one moment.</summary>
/// <param name="DefaultBranch">Short name of what HEAD points to; null for an empty repository.</param>
public sealed record RefList(IReadOnlyList<RefHead> Heads, string? DefaultBranch);
