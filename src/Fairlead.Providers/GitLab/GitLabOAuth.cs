using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>Where people grant access here, and what they are asked for (facts/codehosts.md).</summary>
internal static class GitLabOAuth
{
    private const string Scopes = "api";

    public static OAuthFlow Flow(Outside outside) => new(outside, Scopes, Of, devices: true);

    private static Outcome<OAuthSite> Of(Target target) =>
        GitLabSite
            .Of(target)
            .Map(site => new OAuthSite(site.Web, "/-/user_settings/applications", "/oauth/authorize", "/oauth/token")
            {
                Device = "/oauth/authorize_device",
            });
}
