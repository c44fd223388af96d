using Fairlead.Core.Outcomes;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

internal static class GitHubFailures
{
    public static readonly Failure TokenMissing = new("github.token-missing", "The access token is missing.", 422)
    {
        Field = GitHubForm.Token,
        Remedy = "Create one in your settings there, under developer settings, and paste it.",
    };

    public static readonly Failure AppIdMissing = new("github.app-id-missing", "The App's client ID is missing.", 422)
    {
        Field = GitHubForm.AppId,
        Remedy = "Copy it from the App's settings page.",
    };

    public static readonly Failure AppIdMalformed = new(
        "github.app-id-malformed",
        "A client ID has only letters and digits.",
        422
    )
    {
        Field = GitHubForm.AppId,
        Remedy = "Copy it from the App's settings page; it begins with Iv, or is the App ID, a number.",
    };

    public static readonly Failure InstallationMalformed = new(
        "github.installation-malformed",
        "An installation ID is a number.",
        422
    )
    {
        Field = GitHubForm.Installation,
        Remedy = "Open the installed App at the host and copy the number at the end of that page's address.",
    };

    public static readonly Failure KeyMissing = new("github.key-missing", "The App's private key is missing.", 422)
    {
        Field = GitHubForm.PrivateKey,
        Remedy = "Generate one on the App's settings page and paste the whole .pem file.",
    };

    public static readonly Failure NotAKey = new(
        "github.not-a-key",
        "This is not the private RSA key of an App, as a PEM file without a passphrase.",
        422
    )
    {
        Field = GitHubForm.PrivateKey,
        Remedy = "Paste the whole .pem file that the App's settings page made, from BEGIN to END.",
    };

    public static Failure AppRefused(string host) =>
        RestFailures.LoginRefused(host) with
        {
            Sentence = $"{host} does not accept this key for this App.",
            Field = GitHubForm.PrivateKey,
            Remedy =
                "Check that ID and key are of the same App and that the key was not deleted there; if they are, check "
                + "this machine's clock.",
        };

    public static Failure InstallationUnknown(string host) =>
        new("github.installation-unknown", $"{host} knows no such installation of this App.", 422)
        {
            Field = GitHubForm.Installation,
            Remedy = "It was uninstalled, or is another App's: open the installed App there and copy its number.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure Organization = new(
        "github.organization-name",
        "An organization's name has letters, digits and hyphens only.",
        422
    )
    {
        Field = "organization",
        Remedy = "Write it as it stands in the organization's address, or leave it empty for your own account.",
    };

    public static Failure ManifestCode(string host) =>
        new("github.manifest-code", $"{host} gives no App for the code that it had sent.", 422)
        {
            Remedy = "It counts once and for an hour. Delete the App there if it was made, and start again.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure Suspended = new(
        "github.app-suspended",
        "The installation of the App is suspended, so it may do nothing.",
        422
    )
    {
        Remedy = "An owner of the account can lift that in the settings of its installed Apps.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure NotInInstallation(string host) =>
        RestFailures.NotFound(host, "such repository in this installation") with
        {
            Remedy = "Add the repository to the installed App's repositories at the host.",
        };

    /// <summary>Of a key for more than the App may do; all we ever ask for is reading and writing code.</summary>
    public static Failure NotGranted(string host) =>
        new("github.not-granted", $"{host} did not let this App write code: its permission is to read it.", 422)
        {
            Field = "connection",
            Remedy = "Give the App the permission Contents: read and write, and have the account's owner accept it.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure TooWide = new(
        "github.key-too-wide",
        "The host made a key that opens more than was asked for, so it was not used.",
        502
    )
    {
        Remedy = "Check that the address is that of the host itself.",
    };

    public static readonly Failure NotASite = new(
        "github.not-a-site",
        "The address is not that of a site: it is a project's, or not an http address.",
        422
    )
    {
        Field = GitHubForm.Url,
        Remedy = "Enter only the site, such as https://github.com; repositories are chosen later.",
    };

    public static readonly Failure Repository = new(
        "github.repository-name",
        "A repository is named by its owner and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write it like acme/shop.",
    };
}
