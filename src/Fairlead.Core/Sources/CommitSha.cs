using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Core.Sources;

/// <summary>A full object id: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. The only form git is given.</summary>
public readonly record struct CommitSha
{
    private CommitSha(string value) => Value = value;

    public string Value { get; }

    /// <summary>The first eight digits, as the <c>{sha8}</c> placeholder shows them.</summary>
    public string Short => Value[..8];

    /// <summary>Only zeros: the host's way to say "no such commit".</summary>
    public bool IsZero => Value.AsSpan().IndexOfAnyExcept('0') < 0;

    public static bool TryParse([NotNullWhen(true)] string? text, out CommitSha sha)
    {
        var ok = text is { Length: 40 or 64 } && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
        sha = ok ? new CommitSha(text!) : default;
        return ok;
    }

    public static CommitSha Parse(string text) =>
        TryParse(text, out var sha) ? sha : throw new FormatException("Not a full commit id.");

    public override string ToString() => Value;
}
