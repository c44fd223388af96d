namespace Fairlead.Providers.Rest;

internal static class RestText
{
    /// <summary>At most so many characters; dots say that there was more.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 3), "...");
}
