namespace Fairlead.Core.Outcomes;

/// <summary>Whether trying the same thing again can help.</summary>
public enum Retry
{
    /// <summary>The same input fails the same way.</summary>
    Never,

    /// <summary>A passing condition: the caller backs off and tries again.</summary>
    Later,

    /// <summary>A person has to change something first.</summary>
    NeedsPerson,
}

/// <summary>
/// Something that went wrong and was foreseen. The words are the product: the same sentence and remedy reach the
/// API, the CLI and the console. Never put a secret, a response body or an inner address into one.
/// </summary>
/// <param name="Code">Stable, dotted, lower case: <c>connection.host-unknown</c>.</param>
/// <param name="Sentence">One sentence that names the cause, ending with a full stop.</param>
/// <param name="Status">The HTTP status that says the same.</param>
public sealed record Failure(string Code, string Sentence, int Status = 400)
{
    /// <summary>The input field to mend, as the person typed it (<c>url</c>, <c>rules[0].pattern</c>).</summary>
    public string? Field { get; init; }

    /// <summary>What to do about it, one sentence.</summary>
    public string? Remedy { get; init; }

    public Retry Retry { get; init; } = Retry.Never;

    /// <summary>How long to wait before trying again, where that is known.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Files of a repository that it is about, by their paths in it.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>All failures of a form at once, when there is more than one.</summary>
    public IReadOnlyList<Failure> Parts { get; init; } = [];

    /// <summary>One failure for several; a single one is returned as it is.</summary>
    public static Failure Of(IReadOnlyList<Failure> parts) =>
        parts.Count == 1
            ? parts[0]
            : new Failure("input.several", $"{parts.Count} fields need mending.", 422) { Parts = parts };
}
