using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>What to do at the host.</summary>
internal static class DataCenterGuide
{
    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var site = DataCenterSite.Parse(SiteForm.Typed(typed, DataCenterForm.Url));
        var page = site.Ok ? new GuidePage("Your account there", new Uri(site.Value.Web + "/account")) : null;
        return new ConnectGuide(
            [
                new("In your account, under HTTP access tokens, create one with the permissions below.", page),
                new("Narrower: a token of one project or repository, from its settings."),
                new("Copy the token: it is shown once."),
            ],
            [new(["Repository: read"], "code cannot be read"), new(["Repository: admin"], "hooks cannot be registered")]
        );
    }
}
