using Fairlead.Core.Sources;

namespace Fairlead.Runner.Sources;

/// <summary>A commit that is in the mirror, and what in it is to be built.</summary>
/// <param name="Dockerfile">The file's text.</param>
internal sealed record FoundSource(
    MirrorPlace Place,
    GitRef From,
    CommitSha Commit,
    BuildContext Context,
    string Dockerfile
);

/// <summary>A commit on disk.</summary>
/// <param name="Root">The directory that holds the repository's root.</param>
internal sealed record CheckedOut(string Root, BuildContext Context);
