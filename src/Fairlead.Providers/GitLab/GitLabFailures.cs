using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.GitLab;

internal static class GitLabFailures
{
    public static readonly Failure TokenMissing = new("gitlab.token-missing", "The access token is missing.", 422)
    {
        Field = GitLabForm.Token,
        Remedy = "Create one there under access tokens: of yours, of a group or of a project.",
    };

    public static readonly Failure NotASite = new(
        "gitlab.not-a-site",
        "The address is not that of a site: it is a project's, or not an http address.",
        422
    )
    {
        Field = GitLabForm.Url,
        Remedy = "Enter only the site, such as https://gitlab.com; repositories are chosen later.",
    };

    public static readonly Failure Repository = new(
        "gitlab.repository-name",
        "A repository is named by its groups and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write its path as it stands in its address, like acme/backend/shop; not its display name.",
    };

    public static Failure NoApi(string host) =>
        new("gitlab.no-api", $"{host} has no API of version 4 at this address.", 502)
        {
            Field = GitLabForm.Url,
            Remedy = "Enter the site with the path it lies below; a release before 9.0 has to be updated.",
        };

    public static Failure HookAddress(string host) =>
        new("gitlab.hook-address", $"{host} does not send hooks to the address of this server.", 422)
        {
            Remedy =
                "An administrator there has to allow requests to the local network from webhooks (outbound requests), "
                + "or this server needs a public address.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure NotMerged = new("gitlab.not-merged", "The host did not merge the request.", 409)
    {
        Remedy = "See the checks and approvals that the project wants of merge requests.",
        Retry = Retry.NeedsPerson,
    };

    public const string NoTransition = "gitlab.no-transition";

    public static Failure CannotTransition(string host) =>
        new("gitlab.no-transition", $"{host} does not let the status of this commit become that.", 422)
        {
            Remedy = "Somebody else uses the same context there; what they said stands.",
            Retry = Retry.NeedsPerson,
        };
}
