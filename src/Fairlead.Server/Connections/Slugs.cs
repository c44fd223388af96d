using System.Text.RegularExpressions;

namespace Fairlead.Server.Connections;

/// <summary>The IDs people type for connections and credentials.</summary>
internal static partial class Slugs
{
    private const int Longest = 60;

    public static bool IsWellFormed(string text) => Slug().IsMatch(text);

    /// <summary>An ID after a name; not yet known to be free.</summary>
    public static string From(string name)
    {
        var words = NotPlain().Replace(name.ToLowerInvariant(), "-").Trim('-');
        var slug = words.Length > Longest ? words[..Longest].TrimEnd('-') : words;
        return IsWellFormed(slug) ? slug
            : IsWellFormed($"c-{slug}".TrimEnd('-')) ? $"c-{slug}"
            : "connection";
    }

    /// <summary>This one, or with a number after it.</summary>
    public static string Free(string slug, IReadOnlyCollection<string> taken) =>
        Enumerable
            .Range(2, taken.Count + 1)
            .Select(number => $"{slug}-{number}")
            .Prepend(slug)
            .First(one => !taken.Contains(one));

    [GeneratedRegex(@"\A(?=.{2,60}\z)[a-z](-?[a-z0-9])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotPlain();
}
