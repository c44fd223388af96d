using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.GitHub;

internal static class GitHubFailures
{
    public static readonly Failure TokenMissing = new("github.token-missing", "The access token is missing.", 422)
    {
        Field = GitHubForm.Token,
        Remedy = "Create one in your settings there, under developer settings, and paste it.",
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
