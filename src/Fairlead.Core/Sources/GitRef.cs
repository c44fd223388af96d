using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Core.Sources;

public enum RefKind
{
    Branch,
    Tag,
}

/// <summary>
/// A branch or tag by its full name. Names that git accepts but a command line could misread are refused.
/// </summary>
public sealed record GitRef
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";

    private GitRef(RefKind kind, string name) => (Kind, Name) = (kind, name);

    public RefKind Kind { get; }

    /// <summary>The short name: <c>main</c>, <c>v1.0</c>.</summary>
    public string Name { get; }

    public string Full => (Kind == RefKind.Branch ? Heads : Tags) + Name;

    public static GitRef? Branch(string name) => IsSafeName(name) ? new GitRef(RefKind.Branch, name) : null;

    public static GitRef? Tag(string name) => IsSafeName(name) ? new GitRef(RefKind.Tag, name) : null;

    /// <summary>Parses <c>refs/heads/x</c> or <c>refs/tags/x</c>; anything else is no ref of ours.</summary>
    public static bool TryParse([NotNullWhen(true)] string? full, [NotNullWhen(true)] out GitRef? parsed)
    {
        parsed = full switch
        {
            not null when full.StartsWith(Heads, StringComparison.Ordinal) => Branch(full[Heads.Length..]),
            not null when full.StartsWith(Tags, StringComparison.Ordinal) => Tag(full[Tags.Length..]),
            _ => null,
        };
        return parsed is not null;
    }

    /// <summary>
    /// The rules of git's check-ref-format, and one more: no component starts with <c>-</c>
    /// (facts/security.md M21: such names exist and reach argument lists).
    /// </summary>
    public static bool IsSafeName(string name) =>
        name.Length is > 0 and <= 255
        && !name.EndsWith('.')
        && !name.EndsWith('/')
        && name != "@"
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && name.AsSpan().IndexOfAny(" ~^:?*[\\\x7f") < 0
        && !name.Any(char.IsControl)
        && name.Split('/').All(part => part.Length > 0 && part[0] is not ('.' or '-') && !part.EndsWith(".lock"));

    public override string ToString() => Full;
}
