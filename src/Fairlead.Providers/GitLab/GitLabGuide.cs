using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>What to do at the host. Its page for tokens takes name and scopes from its address.</summary>
internal static class GitLabGuide
{
    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var site = GitLabSite.Parse(SiteForm.Typed(typed, GitLabForm.Url));
        var page = site.Ok
            ? new GuidePage(
                "New personal token",
                new Uri(site.Value.Web + "/-/user_settings/personal_access_tokens?name=Fairlead&scopes=api")
            )
            : null;
        return new ConnectGuide(
            [
                new("Make a personal token with the scope api, and an end that you will remember.", page),
                new(
                    "Narrower: a token of one project or group, from its page under settings, access tokens, with the "
                        + "role Maintainer."
                ),
                new("Whose token it is has to be Maintainer of the repositories to build, so that hooks can be kept."),
                new("Copy the token: it is shown once."),
            ],
            [
                new(["api"], "hooks cannot be registered and commit statuses cannot be set"),
                new(["role Maintainer"], "hooks cannot be registered"),
            ]
        );
    }
}
