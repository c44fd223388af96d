using System.Text.Json.Serialization;

namespace Fairlead.Contracts;

/// <summary>
/// What every refused request answers (RFC 9457, <c>application/problem+json</c>). <see cref="Title"/> is the sentence
/// people read, <see cref="Code"/> is stable for programs.
/// </summary>
public sealed record Problem(string Code, string Title, int Status)
{
    /// <summary>The input field to mend.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>What to do about it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    /// <summary>Files of a repository that it is about: those that two branches both changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>Each failure of a form, when there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Problem>? Parts { get; init; }
}
