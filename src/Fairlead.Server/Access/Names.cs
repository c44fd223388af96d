using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Access;

/// <summary>What people and groups may be called, and what a password must be.</summary>
internal static partial class Names
{
    public static bool IsWellFormed(string? name) => name is not null && Slug().IsMatch(name);

    public static Failure? CheckPassword(string name, string? password) =>
        password switch
        {
            null or { Length: < 12 } => PeopleFailures.PasswordTooShort,
            { Length: > 256 } => PeopleFailures.PasswordTooLong,
            _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) => PeopleFailures.PasswordIsName,
            _ => null,
        };

    [GeneratedRegex(@"\A(?=.{2,39}\z)[a-z](-?[a-z0-9])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
