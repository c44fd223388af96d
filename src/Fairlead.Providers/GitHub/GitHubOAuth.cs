using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>Where people grant access here, and what they are asked for (facts/codehosts.md).</summary>
internal static class GitHubOAuth
{
    private const string Scopes = "repo";

    public static OAuthFlow Flow(Outside outside) => new(outside, Scopes, Of, devices: true);

    private static Outcome<OAuthSite> Of(Target target) =>
        GitHubSite
            .Of(target)
            .Map(site => new OAuthSite(
                site.Web,
                "/settings/applications/new",
                "/login/oauth/authorize",
                "/login/oauth/access_token"
            )
            {
                Device = "/login/device/code",
            });
}
