using System.Text.RegularExpressions;

namespace Fairlead.Core.Registries;

/// <summary>
/// What a registry client asks for, by the grammar of the distribution project's token specification:
/// <c>repository:NAME:pull,push</c> or <c>registry:catalog:*</c>. Anything else is not understood and grants nothing.
/// </summary>
public sealed partial record RegistryScope(string Type, string Name, IReadOnlyList<string> Actions)
{
    public const string Repository = "repository";
    public const string Pull = "pull";
    public const string Push = "push";
    public const string Delete = "delete";
    public const string Everything = "*";

    /// <summary>The only resource of type <c>registry</c> there is.</summary>
    public static readonly RegistryScope Catalog = new("registry", "catalog", [Everything]);

    /// <summary>A scope to ask another registry for.</summary>
    public static RegistryScope Of(string repository, params string[] actions) => new(Repository, repository, actions);

    /// <summary>As it stands in a <c>scope</c> parameter.</summary>
    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions)}";

    private static readonly string[] KnownActions = [Pull, Push, Delete, Everything];

    /// <summary>
    /// Reads all <c>scope</c> parameters of one request; each may hold several scopes parted by spaces. What is not
    /// understood is left out, as the specification asks: the client then gets a token without that access.
    /// </summary>
    public static IReadOnlyList<RegistryScope> Parse(IEnumerable<string?> parameters) =>
        parameters
            .SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Take(MostScopes)
            .Select(ParseOne)
            .OfType<RegistryScope>()
            .ToList();

    private const int MostScopes = 32;

    private static RegistryScope? ParseOne(string text)
    {
        var parts = text.Split(':');
        if (parts is ["registry", "catalog", Everything])
            return Catalog;
        if (parts is not [Repository, var name, var listed] || !IsRepositoryName(name))
            return null;
        var actions = listed.Split(',').Distinct().ToList();
        return actions.All(KnownActions.Contains) ? new RegistryScope(Repository, name, actions) : null;
    }

    /// <summary>
    /// Whether a name is a repository's by the distribution specification: lower-case path components, at most 255
    /// characters together. No wildcard is a name.
    /// </summary>
    public static bool IsRepositoryName(string name) => name.Length is > 0 and <= 255 && NameGrammar().IsMatch(name);

    [GeneratedRegex(
        @"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex NameGrammar();
}
