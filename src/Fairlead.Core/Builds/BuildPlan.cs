namespace Fairlead.Core.Builds;

/// <summary>The part of a rule that a build needs, with templates and patterns resolved.</summary>
/// <param name="Directory">The build context: <c>/</c> or <c>/a/b</c> from the repository's root.</param>
/// <param name="Dockerfile">Relative to <paramref name="Directory"/>.</param>
/// <param name="Versions">Tags to publish, the first being the one people see.</param>
/// <param name="Platforms">Empty for the builder's own.</param>
public sealed record BuildPlan(
    string Directory,
    string Dockerfile,
    IReadOnlyList<string> Versions,
    IReadOnlyDictionary<string, string> Arguments,
    IReadOnlyList<string> Platforms,
    bool NoCache,
    int TimeLimitMinutes
)
{
    /// <summary>Patterns of the changed files that matter (<c>PathFilter</c>); empty for all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}
