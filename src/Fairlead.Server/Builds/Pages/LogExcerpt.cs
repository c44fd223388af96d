namespace Fairlead.Server.Builds.Pages;

/// <summary>A log as a page shows it: the last lines, when there are very many.</summary>
/// <param name="Length">The offset behind the last line: where following goes on.</param>
public sealed record LogExcerpt(IReadOnlyList<LogRow> Rows, int Skipped, long Length)
{
    public static readonly LogExcerpt Empty = new([], 0, 0);
}

/// <param name="Look">A class of the style sheet: g heading, d quiet, e error; null for plain.</param>
/// <param name="Took">How long the phase took that this line heads.</param>
public sealed record LogRow(int Number, string Text, string? Look, string? Took);
