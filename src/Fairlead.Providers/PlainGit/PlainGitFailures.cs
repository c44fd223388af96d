using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.PlainGit;

internal static class PlainGitFailures
{
    public static readonly Failure NoPath = Of(
        "git.url-no-path",
        "The address names a host but no repository.",
        "Add the repository's path, or say that many repositories lie below the address.",
        PlainGitForm.Url
    );

    public static readonly Failure SshNeedsKey = Of(
        "git.ssh-needs-key",
        "An ssh address is signed in to with an SSH key.",
        "Choose the SSH key, or enter the https address.",
        PlainGitForm.Auth
    );

    public static readonly Failure KeyNeedsSsh = Of(
        "git.key-needs-ssh",
        "An SSH key works with ssh addresses only.",
        "Enter the ssh address, or choose another way to sign in.",
        PlainGitForm.Auth
    );

    public static readonly Failure PasswordMissing = Of(
        "git.password-missing",
        "The password or access token is missing.",
        "Enter it, or choose to sign in with nothing for a public repository.",
        PlainGitForm.Password
    );

    public static readonly Failure Username = Of(
        "git.username",
        "The user name has a colon or a control character in it.",
        "Enter the plain user name; the password has its own field.",
        PlainGitForm.Username
    );

    public static readonly Failure HostKeys = Of(
        "git.host-keys-unreadable",
        "These are no SSH host keys.",
        "Paste lines as ssh-keyscan prints them, or leave the field empty and confirm the fingerprints.",
        PlainGitForm.HostKeys
    );

    public static readonly Failure OneRepository = Of(
        "git.one-repository",
        "This connection is one repository; there are none below it.",
        "Leave the repository empty, or use a connection to the place that holds many.",
        "repository"
    );

    private static Failure Of(string code, string sentence, string remedy, string field) =>
        new(code, sentence, 422) { Field = field, Remedy = remedy };
}
