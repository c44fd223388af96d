using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Sources;

/// <summary>What can be wrong with a repository's address. None repeats it: it may hold a password.</summary>
public static class GitUrlFailures
{
    public static readonly Failure Missing = Of(
        "git.url-missing",
        "The address is missing.",
        "Enter the address you would clone from, such as https://git.example.com/team/app.git."
    );

    public static readonly Failure OptionLike = Of(
        "git.url-option",
        "The address has a part that starts with a dash, which git would read as an option.",
        "Enter an address that begins with https:// or ssh://."
    );

    public static readonly Failure Characters = Of(
        "git.url-characters",
        "The address has blanks, quotes, backslashes or control characters in it.",
        "Copy the address again, without anything around it."
    );

    public static readonly Failure Unreadable = Of(
        "git.url-unreadable",
        "This is no address of a Git repository.",
        "Enter an address such as https://git.example.com/team/app.git or git@git.example.com:team/app.git."
    );

    public static readonly Failure Scheme = Of(
        "git.url-scheme",
        "Only https and ssh addresses can be used (and http where an administrator allows it).",
        "Enter an address that begins with https:// or ssh://."
    );

    public static readonly Failure Credentials = Of(
        "git.url-credentials",
        "The address has a user name or password in it, where logs and process lists would show it.",
        "Remove everything between // and @, and enter user name and password in their own fields."
    );

    public static readonly Failure Query = Of(
        "git.url-query",
        "The address has a ? or # part, which repositories do not have.",
        "Enter the clone address, not that of a web page."
    );

    public static readonly Failure Host = Of(
        "git.url-host",
        "The host or user in the address is not a valid name.",
        "Check the part between // and the next slash."
    );

    public static readonly Failure Path = Of(
        "git.url-path",
        "The path of the address has an empty part, a part of dots, or one that starts with a dash.",
        "Enter the plain path of the repository."
    );

    public static readonly Failure RepositoryName = Of(
        "git.repository-name",
        "This is no name of a repository below the connection's address.",
        "Enter its path as in the clone address, such as team/app.git."
    ) with
    {
        Field = "repository",
    };

    private static Failure Of(string code, string sentence, string remedy) =>
        new(code, sentence, 422) { Field = "url", Remedy = remedy };
}
