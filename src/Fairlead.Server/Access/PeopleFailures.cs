using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Access;

/// <summary>What can be wrong with people, groups and tokens.</summary>
internal static class PeopleFailures
{
    public static readonly Failure NameMalformed = new(
        "person.name-malformed",
        "A name is 2 to 39 small letters, digits and single dashes, and begins with a letter.",
        422
    )
    {
        Field = "name",
    };

    public static readonly Failure PasswordTooShort = new(
        "person.password-too-short",
        "A password has at least 12 characters.",
        422
    )
    {
        Field = "password",
        Remedy = "A few words in a row are easy to remember and hard to guess.",
    };

    public static readonly Failure PasswordTooLong = new(
        "person.password-too-long",
        "A password has at most 256 characters.",
        422
    )
    {
        Field = "password",
    };

    public static readonly Failure PasswordIsName = new(
        "person.password-is-name",
        "The password must not contain the name.",
        422
    )
    {
        Field = "password",
    };

    public static readonly Failure PasswordWrong = new("person.password-wrong", "The current password is wrong.", 422)
    {
        Field = "current",
    };

    public static readonly Failure RoleUnknown = new("person.role-unknown", "There is no such role.", 422)
    {
        Field = "role",
        Remedy = "Roles are member, maintainer and administrator.",
    };

    public static readonly Failure LastAdministrator = new(
        "person.last-administrator",
        "This is the last administrator who can sign in.",
        409
    )
    {
        Remedy = "Make somebody else an administrator first.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure DisplayNameTooLong = new(
        "person.display-name-too-long",
        "A display name has at most 100 characters.",
        422
    )
    {
        Field = "displayName",
    };

    public static Failure NameTaken(string what, string name) =>
        new($"{what}.name-taken", $"There already is a {what} named {name}.", 409) { Field = "name" };

    public static Failure NoSuch(string what, string name) =>
        new($"{what}.unknown", $"There is no {what} named {name}.", 404);
}
