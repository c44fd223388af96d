using System.Text.RegularExpressions;

namespace Fairlead.Core.Rules;

/// <summary>The grammar of names in the OCI distribution specification.</summary>
public static partial class OciName
{
    public const int TagLimit = 128;

    /// <summary>One part of a repository's name, as namespaces and images here are.</summary>
    public static bool IsComponent(string text) => text.Length is >= 2 and <= 120 && Component().IsMatch(text);

    /// <summary>A whole repository name: parts joined by slashes.</summary>
    public static bool IsRepository(string text) =>
        text.Length is > 0 and <= 255 && text.Split('/').All(part => Component().IsMatch(part));

    public static bool IsTag(string text) =>
        text.Length is > 0 and <= TagLimit && text[0] is not ('.' or '-') && text.All(IsTagCharacter);

    public static bool IsTagCharacter(char one) => char.IsAsciiLetterOrDigit(one) || one is '.' or '_' or '-';

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Component();
}
