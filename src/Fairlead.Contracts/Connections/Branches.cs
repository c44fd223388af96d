namespace Fairlead.Contracts.Connections;

/// <summary>A branch to make.</summary>
/// <param name="Repository">Its name at the host; empty where the connection is one repository.</param>
/// <param name="From">A branch, a tag or a whole commit id of the same repository.</param>
public sealed record NewBranch(string Name, string From, string Repository = "");

/// <summary>A branch and where it leads.</summary>
/// <param name="Name">Without <c>refs/heads/</c>.</param>
public sealed record BranchInfo(string Name, string Commit);

/// <summary>A branch to merge into another.</summary>
public sealed record BranchMerge(string Source, string Target, string Repository = "")
{
    /// <summary><c>Merge branch SOURCE into TARGET</c> unless said.</summary>
    public string? Message { get; init; }

    /// <summary>The commit of the source that was looked at; a later one is then refused.</summary>
    public string? SourceCommit { get; init; }
}

/// <summary>What a merge came to.</summary>
/// <param name="Commit">Where the target leads to now.</param>
/// <param name="How">
/// <c>pushed</c>, <c>by-host</c> (the host merged, for the target is protected) or <c>already</c> (there was nothing to
/// merge).
/// </param>
public sealed record MergeInfo(string Source, string Target, string Commit, string How);

/// <summary>How two branches differ.</summary>
/// <param name="Ahead">Commits that only the source has.</param>
/// <param name="Behind">Commits that only the target has.</param>
public sealed record BranchDifference(BranchInfo Source, BranchInfo Target, int Ahead, int Behind)
{
    /// <summary>It merges without a person.</summary>
    public required bool Merges { get; init; }

    /// <summary>They have no commit in common.</summary>
    public bool Unrelated { get; init; }

    /// <summary>Paths that both changed in the same lines.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>How many paths the source changed since the two parted.</summary>
    public required int Changed { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<ChangedPath> Changes { get; init; } = [];
}

/// <param name="How"><c>added</c>, <c>deleted</c>, <c>modified</c> or <c>type</c> (a file became a link, say).</param>
public sealed record ChangedPath(string Path, string How);
