using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>Where people grant access here, and what they are asked for (facts/codehosts.md).</summary>
internal static class GiteaOAuth
{
    private const string Scopes = "read:user write:repository";

    public static OAuthFlow Flow(Outside outside) => new(outside, Scopes, Of);

    private static Outcome<OAuthSite> Of(Target target) =>
        GiteaSite
            .Of(target)
            .Map(site => new OAuthSite(
                site.Web,
                "/user/settings/applications",
                "/login/oauth/authorize",
                "/login/oauth/access_token"
            ));
}
