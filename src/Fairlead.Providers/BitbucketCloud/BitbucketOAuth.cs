using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>
/// Where people grant access here (facts/codehosts.md 5). The scopes are boxes that are ticked where the consumer is
/// registered, in the settings of a workspace; any person of the host can grant access to it.
/// </summary>
internal static class BitbucketOAuth
{
    private const string Scopes = "account repository pullrequest webhook";

    public static OAuthFlow Flow(Outside outside) => new(outside, Scopes, Of);

    private static Outcome<OAuthSite> Of(Target target) =>
        BitbucketSite
            .Of(target)
            .Map(site => new OAuthSite(
                site.Web,
                "/account/workspaces/",
                "/site/oauth2/authorize",
                "/site/oauth2/access_token"
            )
            {
                IsConsumer = true,
            });
}
