namespace Fairlead.Core.Sources;

/// <summary>A pull request (merge request) that is open, as its host tells of it.</summary>
/// <param name="Number">What people call it by.</param>
/// <param name="Title">A stranger's text: one line without control characters, cut short.</param>
/// <param name="Source">Short name of the branch it comes from, which may be another repository's.</param>
/// <param name="Target">Short name of the branch it goes to.</param>
/// <param name="Head">The commit id, as long as the host gives it; empty where it tells the branch only.</param>
/// <param name="FromFork">From another repository, told by repository id; also where that is not known.</param>
/// <param name="FetchRef">What the base repository keeps the head under; null where it keeps none.</param>
public sealed record OpenRequest(
    long Number,
    string Title,
    string Source,
    string Target,
    string Head,
    bool FromFork,
    string? FetchRef
)
{
    private const int LongestTitle = 200;

    /// <summary>What may be shown of a title: no control characters, and none that turn the text around.</summary>
    public static string Plain(string? title)
    {
        var clean = new string([
            .. (title ?? "").Where(sign => !char.IsControl(sign) && !IsFormat(sign)).Take(LongestTitle),
        ]).Trim();
        return clean.Length > 0 && char.IsHighSurrogate(clean[^1]) ? clean[..^1] : clean;
    }

    private static bool IsFormat(char sign) =>
        char.GetUnicodeCategory(sign)
            is System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
