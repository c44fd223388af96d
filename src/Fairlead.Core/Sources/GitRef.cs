using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairlead.Core.Sources;

public enum RefKind
{
    Branch,
    Tag,

    /// <summary>What a pull request (merge request) asks to be taken.</summary>
    Request,
}

/// <summary>
/// A branch, a tag or the head of a request by its full name. Names that git accepts but a command line could misread
/// are refused. Hosts keep the heads of requests under names of their own; here all are called alike.
/// </summary>
public sealed record GitRef
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string Requests = "refs/pull/";
    private const string RequestEnd = "/head";

    private GitRef(RefKind kind, string name) => (Kind, Name) = (kind, name);

    public RefKind Kind { get; }

    /// <summary>The short name: <c>main</c>, <c>v1.0</c>; of a request its number.</summary>
    public string Name { get; }

    public string Full =>
        Kind switch
        {
            RefKind.Branch => Heads + Name,
            RefKind.Tag => Tags + Name,
            _ => Requests + Name + RequestEnd,
        };

    /// <summary>As in a sentence: <c>branch main</c>, <c>pull request 7</c>.</summary>
    public string Words => $"{Kind.Word()} {Name}";

    public static GitRef? Branch(string name) => IsSafeName(name) ? new GitRef(RefKind.Branch, name) : null;

    public static GitRef? Tag(string name) => IsSafeName(name) ? new GitRef(RefKind.Tag, name) : null;

    /// <param name="number">What people call it by, from 1.</param>
    public static GitRef? Request(long number) =>
        number > 0 ? new GitRef(RefKind.Request, number.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>
    /// Parses <c>refs/heads/x</c>, <c>refs/tags/x</c> or <c>refs/pull/7/head</c>; anything else is no ref of ours.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? full, [NotNullWhen(true)] out GitRef? parsed)
    {
        parsed = full switch
        {
            not null when full.StartsWith(Heads, StringComparison.Ordinal) => Branch(full[Heads.Length..]),
            not null when full.StartsWith(Tags, StringComparison.Ordinal) => Tag(full[Tags.Length..]),
            not null when full.StartsWith(Requests, StringComparison.Ordinal) => ParseRequest(full),
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

    /// <summary>There is one way to write a number.</summary>
    private static GitRef? ParseRequest(string full) =>
        full.EndsWith(RequestEnd, StringComparison.Ordinal)
        && full.Length - Requests.Length - RequestEnd.Length is > 0 and <= 18 and var digits
        && long.TryParse(full.AsSpan(Requests.Length, digits), NumberStyles.None, null, out var number)
        && Request(number) is { } request
        && request.Full == full
            ? request
            : null;
}

public static class RefKinds
{
    extension(RefKind kind)
    {
        /// <summary>For people.</summary>
        public string Word() =>
            kind switch
            {
                RefKind.Branch => "branch",
                RefKind.Tag => "tag",
                _ => "pull request",
            };

        /// <summary>Several of them.</summary>
        public string Words() => kind == RefKind.Branch ? "branches" : kind.Word() + "s";
    }
}
