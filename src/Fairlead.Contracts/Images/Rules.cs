namespace Fairlead.Contracts.Images;

/// <summary>A build rule as typed: <c>POST</c> and <c>PUT</c> below <c>/api/v1/images/{ns}/{name}/rules</c>.</summary>
public sealed record RuleInput
{
    /// <summary><c>branch</c>, <c>tag</c> or <c>request</c> (a pull request).</summary>
    public string Type { get; init; } = "branch";

    /// <summary>
    /// An exact name, or a regular expression that has to match the whole name; for requests that of the branch they
    /// go to.
    /// </summary>
    public required string Pattern { get; init; }

    public bool IsRegex { get; init; }

    /// <summary>The build context from the repository's root.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>Relative to <see cref="Directory"/>.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>
    /// Image versions with the placeholders <c>{branch} {tag} {request} {sha} {sha8} {date} {n}</c> and the pattern's
    /// named groups; at least one. Those of requests begin with <c>pr-{request}</c>, and no others do.
    /// </summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Build arguments; visible to everyone who sees the rule, so never secrets.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary><c>linux/amd64</c>, ...; empty for the builder's own.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>
    /// Which changed files matter to a branch's rule: a file, a directory with all in it, or a pattern with <c>*</c>,
    /// <c>**</c> and <c>?</c>; a leading <c>!</c> leaves out. Empty for all. What changed is told from the last commit
    /// that this rule built; where that cannot be told, it is built.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>A newer commit of the same ref takes the place of one that still waits.</summary>
    public bool NewestWins { get; init; } = true;

    public int TimeLimitMinutes { get; init; } = 60;

    /// <summary>Of requests: also those from forks, which are other repositories.</summary>
    public bool Forks { get; init; }
}

/// <summary>A build rule as stored.</summary>
/// <param name="CanBuildNow">A rule with an exact ref can be started without naming one.</param>
public sealed record RuleInfo(long Id, RuleInput Rule, bool CanBuildNow, DateTimeOffset CreatedAt);
