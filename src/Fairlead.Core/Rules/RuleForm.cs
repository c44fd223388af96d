using Fairlead.Core.Sources;

namespace Fairlead.Core.Rules;

/// <summary>A rule as somebody typed it, unchecked. <see cref="BuildRule.Read"/> says what is wrong with it.</summary>
public sealed record RuleForm
{
    public RefKind RefKind { get; init; }
    public string Pattern { get; init; } = "";
    public bool IsRegex { get; init; }
    public string Directory { get; init; } = "/";
    public string Dockerfile { get; init; } = "Dockerfile";
    public IReadOnlyList<string> Versions { get; init; } = [];
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public IReadOnlyList<string> Paths { get; init; } = [];
    public int TimeLimitMinutes { get; init; } = 60;

    /// <summary>Of a rule about requests: also those from other repositories.</summary>
    public bool Forks { get; init; }
}
