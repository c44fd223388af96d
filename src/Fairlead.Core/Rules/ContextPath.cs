using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Rules;

/// <summary>
/// Paths inside a repository, as text. That no symbolic link on the way leads outside is for the runner to check,
/// which has the tree.
/// </summary>
public static class ContextPath
{
    private const int LengthLimit = 255;

    /// <summary>A directory, as <c>/</c> or <c>/a/b</c>; <c>./a/</c> and <c>a</c> mean <c>/a</c>.</summary>
    public static Outcome<string> Directory(string text, string field) =>
        Parts(text, field).Map(parts => "/" + string.Join('/', parts));

    /// <summary>A file below that directory, without a leading slash.</summary>
    public static Outcome<string> File(string text, string field) =>
        Parts(text, field)
            .Then<string>(parts =>
                parts.Count == 0 || text.EndsWith('/') ? RuleFailures.DockerfileMissing(field) : string.Join('/', parts)
            );

    private static Outcome<IReadOnlyList<string>> Parts(string text, string field)
    {
        if (text.Length > LengthLimit)
            return RuleFailures.PathTooLong(field);
        var parts = text.Split('/').Where(part => part is not ("" or ".")).ToList();
        if (parts.Contains(".."))
            return RuleFailures.PathOutside(field);
        return parts.All(IsPlain) ? parts : RuleFailures.PathCharacters(field);
    }

    private static bool IsPlain(string part) =>
        part[0] != '-'
        && !part.Equals(".git", StringComparison.OrdinalIgnoreCase)
        && !part.Any(one => char.IsControl(one) || one is '\\' or ':');
}
